"""What a program that trains elsewhere says of itself, and what a run of it is known by."""

import re
import unicodedata
from collections import Counter
from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from .described import Begins, Described, DescribedLayer, KnownNetwork, LossKind, Sides, StepUnit
from .from_outside import FromOutside

MOST_LAYERS = 2000
MOST_ENTRIES = 64 * 1024**2
_LONGEST_NAME = 200
_LONGEST_TEXT = 20_000  # beyond it nobody means a name
_MOST_CLASSES = 1000
_MOST_NOTES = 100
_LONGEST_NOTE = 1000
_REPLACED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # what isn't seen, or turns text around
_DIMENSIONS = re.compile(r"[123]d(?=_|$)")  # conv2d and conv1d layers are numbered together
_KEY = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE
)


def plain_text(text: str, longest: int = _LONGEST_NAME) -> str:
    """Makes of a name what can be shown: one line, nothing invisible, at most 200 characters."""
    shown = "".join(" " if unicodedata.category(sign) in _REPLACED else sign for sign in text)
    shown = " ".join(shown.split())
    if len(shown) <= longest:
        return shown
    half = longest // 2
    return f"{shown[: half - 1]}…{shown[-half:]}"


def key_of(text: str) -> str | None:
    """Returns a run's key as 32 hex digits; None if it is no UUID."""
    return text.replace("-", "").lower() if _KEY.fullmatch(text) else None


Name = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(plain_text)]
Note = Annotated[
    str, Field(max_length=_LONGEST_TEXT), AfterValidator(partial(plain_text, longest=_LONGEST_NOTE))
]
Kind = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]
Size = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]
Sizes = Annotated[tuple[Size, ...], Field(min_length=1, max_length=5)]
ClientId = Annotated[str, Field(pattern="^[0-9A-Za-z_-]{8,64}$")]
Attempt = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
FirstStep = Annotated[int, Field(ge=0, le=2**53, strict=True)]


class RegisteredLayer(FromOutside):
    """One layer as the program that trains it describes it; see `DescribedLayer`."""

    title: Name
    kind: Kind
    shape: Sizes | None = None
    groups: Size = 1
    strides: Sizes | None = None
    padding: Literal["valid", "same"] | Sides | None = None
    dilation: Sizes | None = None
    activation: Annotated[str, Field(max_length=40, pattern="^[A-Za-z0-9_]+$")] | None = None
    bias: bool | None = None

    @field_validator("shape")
    @classmethod
    def _holds_no_more(cls, shape: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if entries_of(shape or ()) > MOST_ENTRIES:
            raise ValueError(f"a kernel may hold {MOST_ENTRIES:,} numbers")
        return shape


class Registration(FromOutside):
    """What comes before anything else of a run.

    Attributes:
        attempt: counts the starts of the program under one key, from 1.
        client: tells programs apart that use the same key; new in each process.
        from_step: updates that were made before this process.
        recorded: whether this comes out of a file, in which the program told of itself.
        begins: `start` if the first snapshot is the network before any update.
        network: all layers, where each is of a kind that recipes know and one follows the other.
        source: `opened` if it isn't trained while it is told, but was read from files.
        notes: sentences on what of those files wasn't understood, guessed or left out.
    """

    name: Name = Field(min_length=1)
    framework: Name | None = None
    attempt: Attempt = 1
    client: ClientId
    from_step: FirstStep = 0
    recorded: bool = False
    total_steps: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = None
    step_unit: StepUnit = "update"
    loss_kind: LossKind = "batch"
    begins: Begins = "start"
    class_names: Annotated[tuple[Name, ...], Field(max_length=_MOST_CLASSES)] = ()
    input_shape: tuple[Size, Size, Size] | None = None
    layers: Annotated[tuple[RegisteredLayer, ...], Field(min_length=1, max_length=MOST_LAYERS)]
    network: KnownNetwork | None = None
    source: Literal["watched", "opened"] = "watched"
    notes: Annotated[tuple[Note, ...], Field(max_length=_MOST_NOTES)] = ()

    @model_validator(mode="after")
    def _network_has_these_layers(self) -> "Registration":
        if self.network is not None and len(self.network.layers) != len(self.layers):
            raise ValueError("network must have as many layers as layers")
        return self

    def described(self) -> Described:
        """Returns what the run is known by; layers are numbered by kind: conv1, conv2, dense1."""
        counts: Counter[str] = Counter()
        layers = []
        for layer in self.layers:
            stem = _DIMENSIONS.sub("", layer.kind)
            counts[stem] += 1
            name = f"{stem}{counts[stem]}"
            told = layer.model_dump() | {"title": layer.title or name}
            layers.append(DescribedLayer(name=name, **told))
        return Described(
            name=self.name,
            source=self.source,
            framework=self.framework,
            layers=tuple(layers),
            class_names=self.class_names,
            step_unit=self.step_unit,
            begins=self.begins,
            loss_kind=self.loss_kind,
            input_shape=self.input_shape,
            network=self.network,
            notes=self.notes,
        )


class NewAttempt(FromOutside):
    """A program begins again under a key that it had before, after `from_step` updates.

    Attributes:
        recorded: whether that was in the past, as a file tells.
    """

    attempt: Attempt
    from_step: FirstStep
    client: ClientId
    recorded: bool = False


def entries_of(shape: tuple[int, ...]) -> int:
    """Counts the numbers in an array of that shape."""
    entries = 1
    for side in shape:
        entries *= side
    return entries
