"""The skeleton of every layer's description: what may be said of it and what follows from that."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    get_args,
    get_origin,
    get_type_hints,
)

from annotated_types import Interval

from ..kernel_starts import Chosen, GivenKernel, KernelBank, RunKernel, ToldApart, misfit

Shape = tuple[int, ...]
Padding = Literal["valid", "same"]
Activation = Literal["linear", "relu", "tanh", "sigmoid"]
Initializer = Literal[
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "zeros",
]
KernelStart = Annotated[Initializer | KernelBank | GivenKernel | RunKernel, ToldApart()]


class Misfit(ValueError):
    """An input that a layer can't work on, said in words.

    `field` names the setting that would mend it, where one does, and `limit` its largest value.
    """

    def __init__(self, message: str, field: str | None = None, limit: int | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.limit = limit


class Window(NamedTuple):
    """A square window of `size` pixels that is slid over an image in steps of `step`."""

    size: int
    step: int
    padding: Padding


@dataclass(frozen=True)
class WeightSpec:
    """One array of a layer: its name within the layer, shape, first values and decay.

    `initializer` is one of the engine's `INITIALIZERS` by name, or a kernel that was chosen. What
    isn't `trainable` keeps its first values, and doesn't decay.
    """

    name: str
    shape: Shape
    initializer: str | Chosen
    weight_decay: float = 0.0
    trainable: bool = True


@dataclass(frozen=True)
class Layer(ABC):
    """A layer as a recipe says it: immutable, without weights, the same for recipe and engine.

    Subclasses are frozen dataclasses whose fields are Keras's arguments with Keras's defaults. Of
    the ranges in their annotations a layer itself checks what makes sense (`ge`, `lt`); `le`, how
    much is allowed, is checked in a recipe alone.

    Attributes:
        type: its word in a recipe.
        stem: begins its name in a network: conv1, conv2, dense1, …
        is_random: training it takes random numbers.
        is_kept: its weights are in every snapshot, however large the network is.
        needs_whole_batch: training it takes numbers of all images of a batch at once.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid", "allow_inf_nan": False}

    type: str = field(kw_only=True)  # said here, it comes first in every layer's JSON
    stem: ClassVar[str]
    is_random: ClassVar[bool] = False
    is_kept: ClassVar[bool] = False
    needs_whole_batch: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Raises ValueError naming the first field whose value makes no sense."""
        for name, choices, interval in _rules(type(self)):
            value = getattr(self, name)
            if choices and value not in choices and not isinstance(value, Chosen):
                raise ValueError(f"{name} is {value!r}; choose one of {', '.join(choices)}")
            if interval and value is not None:
                _check(name, value, interval)

    @property
    def window(self) -> Window | None:
        """What each output sees of the inputs; None where that isn't a place in an image."""
        return None

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns the shape of one image's output; Misfit if such an input can't be."""

    def parameters(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Returns what the layer could learn, in order; nothing unless it says so."""
        return ()

    def state(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Returns what training changes without learning it, in order: no optimiser moves it."""
        return ()

    def weights(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Returns all of its arrays, those that are learned first."""
        return self.parameters(input_shape) + self.state(input_shape)

    def scratch(self, input_shape: Shape) -> int:
        """Numbers an image that learning keeps beside outputs and gradients."""
        return 0


def kernel_and_bias(
    layer: Any, shape: Shape, outputs: int, initializer: str | Chosen
) -> tuple[WeightSpec, WeightSpec]:
    """Returns what a layer with `weight_decay` and `trainable` has: a kernel of `shape`, and a
    bias that begins at zero; Misfit where a kernel of that shape can't begin so.
    """
    if reason := misfit(initializer, shape):
        raise Misfit(reason, "kernel_initializer")
    return (
        WeightSpec("kernel", shape, initializer, layer.weight_decay, layer.trainable),
        WeightSpec("bias", (outputs,), "zeros", trainable=layer.trainable),
    )


def image_shape(layer: Layer, input_shape: Shape) -> tuple[int, int, int]:
    """Returns (height, width, channels), or Misfit where the input isn't an image."""
    if len(input_shape) != 3:
        raise Misfit(
            f"{layer.type} needs images of shape (height, width, channels) but is given "
            f"{shown(input_shape)}: place it before Flatten (flatten) and GlobalAveragePool2D "
            "(global_average_pool2d)"
        )
    return input_shape[0], input_shape[1], input_shape[2]


def shown(shape: Shape) -> str:
    """Writes a shape in brackets, also where it has one axis.

    >>> shown((12,)), shown((3, 3, 1))
    ('(12)', '(3, 3, 1)')
    """
    return f"({', '.join(map(str, shape))})"


@cache
def _rules(layer: type[Layer]) -> tuple[tuple[str, tuple[str, ...], Interval | None], ...]:
    return tuple(_read_rules(layer))


def _read_rules(layer: Any) -> Iterator[tuple[str, tuple[str, ...], Interval | None]]:
    """Reads each field's name, the words to choose from, and its range, as its annotation has
    them.
    """
    hints = get_type_hints(layer, include_extras=True)
    for setting in fields(layer):
        hint = hints[setting.name]
        choices = _words(hint)
        ranges = [part for part in get_args(hint)[1:] if isinstance(part, Interval)]
        yield setting.name, choices, ranges[0] if ranges else None


def _words(hint: Any) -> tuple[str, ...]:
    """Returns the words that a setting may be, which stand first where it may be others too."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    parts = get_args(hint)
    return _words(parts[0]) if parts and not isinstance(parts[0], str) else ()


def _check(name: str, value: float, interval: Interval) -> None:
    least: Any = interval.ge
    below: Any = interval.lt
    if not value >= least or (below is not None and not value < below):
        allowed = f"at least {least}" + ("" if below is None else f" and below {below}")
        raise ValueError(f"{name} is {value}; it must be {allowed}")
