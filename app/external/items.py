"""What a batch of a watched run may hold, checked before anything of it is told."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, StrictFloat, StrictInt

from .described import Described
from .from_outside import FromOutside
from .packets import Packet, shapes_fit
from .registration import MOST_ENTRIES, Attempt, Name, Sizes, entries_of

MOST_ITEMS = 1000
_MOST_ROWS = 10_000  # of one item of steps
_MOST_EXTRA = 16
_MOST_ARRAYS = 8000

Step = Annotated[int, Field(ge=0, le=2**53, strict=True)]
Number = StrictFloat | StrictInt | Literal["nan", "inf", "-inf"] | None
Numbers = Annotated[list[Number], Field(max_length=_MOST_ROWS)]
Weight = Annotated[str, Field(pattern="^[a-z][a-z_]{0,39}$")]


class _Values(FromOutside):
    loss: Numbers | None = None
    accuracy: Numbers | None = None
    learning_rate: Numbers | None = None


class StepsItem(FromOutside):
    """What was logged of some steps."""

    kind: Literal["steps"]
    step: Annotated[list[Step], Field(min_length=1, max_length=_MOST_ROWS)]
    values: _Values = _Values()
    extra: Annotated[dict[str, Numbers], Field(max_length=_MOST_EXTRA)] = Field(
        default_factory=dict
    )

    @property
    def last_step(self) -> int:
        """The last step that it is about."""
        return self.step[-1]


class SnapshotItem(FromOutside):
    """Weights after `step` updates, by layer and name; their bytes lie beside the items."""

    kind: Literal["snapshot"]
    step: Step
    arrays: Annotated[
        list[tuple[StrictInt, Weight, Sizes]], Field(min_length=1, max_length=_MOST_ARRAYS)
    ]

    @property
    def last_step(self) -> int:
        """The step that it is about."""
        return self.step


class EvaluatedItem(FromOutside):
    """How the network did on data that it isn't trained on."""

    kind: Literal["evaluated"]
    step: Step
    loss: Number = None
    accuracy: Number = None

    @property
    def last_step(self) -> int:
        """The step that it is about."""
        return self.step


class EndItem(FromOutside):
    """The program is done, one way or another."""

    kind: Literal["end"]
    step: Step
    outcome: Literal["finished", "stopped", "failed"]
    message: Name | None = None

    @property
    def last_step(self) -> int:
        """The step that it ended at."""
        return self.step


Item = Annotated[StepsItem | SnapshotItem | EvaluatedItem | EndItem, Field(discriminator="kind")]


class BatchHeader(FromOutside):
    """The header of a packet of items; without any it is a sign of life."""

    items: Annotated[list[Item], Field(max_length=MOST_ITEMS)]
    left_out: Annotated[int, Field(ge=0, le=2**53, strict=True)] = 0
    first: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = None
    attempt: Attempt | None = None
    from_step: Step | None = None


class BatchRefused(ValueError):
    """Says as a sentence without its full stop why a batch can't be taken, and of which field."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def check_batch(header: BatchHeader, packet: Packet, described: Described, after: int) -> None:
    """Checks all that a batch says of itself against the run that it is of.

    Args:
        after: the step that this attempt has reached.

    Raises:
        BatchRefused: it isn't of this run's layers, its arrays aren't there, or steps go back.
    """
    for place, item in enumerate(header.items):
        field = f"items.{place}"
        _check_steps(item, after, field)
        after = item.last_step
        if isinstance(item, StepsItem):
            _check_lengths(item, field)
        elif isinstance(item, SnapshotItem):
            _check_arrays(item, described, field)
    shapes = shapes_of(header.items)
    if not shapes_fit(shapes, packet.blob):
        told = 4 * sum(map(entries_of, shapes))
        message = f"The items' arrays take {told:,} bytes, and {len(packet.blob):,} came"
        raise BatchRefused(message, "items")


def as_items(header: BatchHeader) -> list[dict[str, Any]]:
    """Returns the items as plain objects."""
    return [item.model_dump(exclude_none=True) for item in header.items]


def shapes_of(items: Sequence[Item]) -> list[tuple[int, ...]]:
    """Returns the shapes of all arrays that lie beside the items, in order."""
    taken = [item for item in items if isinstance(item, SnapshotItem)]
    return [shape for item in taken for _, _, shape in item.arrays]


def _check_steps(item: Item, after: int, field: str) -> None:
    steps = item.step if isinstance(item, StepsItem) else [item.step]
    for step in steps:
        if step < after:
            message = f"Step {step:,} comes after step {after:,}: in one attempt none goes back"
            raise BatchRefused(message, f"{field}.step")
        after = step


def _check_lengths(item: StepsItem, field: str) -> None:
    named = {**dict(item.values), **item.extra}
    for name, numbers in named.items():
        if numbers is not None and len(numbers) != len(item.step):
            message = f"There are {len(item.step):,} steps and {len(numbers):,} numbers of {name}"
            raise BatchRefused(message, f"{field}.values")


def _check_arrays(item: SnapshotItem, described: Described, field: str) -> None:
    seen = set()
    for place, (layer, weight, shape) in enumerate(item.arrays):
        where = f"{field}.arrays.{place}"
        if not 0 <= layer < len(described.layers):
            message = f"There is no layer {layer}; the run has {len(described.layers):,}"
            raise BatchRefused(message, where)
        known = described.layers[layer].shape
        if weight == "kernel" and known is not None and tuple(shape) != known:
            message = f"The kernel of layer {layer} has the shape {list(shape)}, not {list(known)}"
            raise BatchRefused(message, where)
        if entries_of(shape) > MOST_ENTRIES:
            raise BatchRefused(f"An array may hold {MOST_ENTRIES:,} numbers", where)
        if (layer, weight) in seen:
            raise BatchRefused(f"The {weight} of layer {layer} comes twice", where)
        seen.add((layer, weight))
