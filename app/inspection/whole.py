"""A network as it was at one step, with all of its weights and what is done to pixels before it."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..datasets.scaling import SMALLEST_CONTRAST, LocalContrast, Scaling, Standard
from ..vocabulary.layers import AnyLayer, Shape
from ..vocabulary.layers.naming import named, weight_name
from .looking import kept_at
from .refused import Missing, Refused
from .snapshot import KeptSnapshot
from .subject import Subject

Floats = NDArray[np.float32]


class Shifted(NamedTuple):
    """(pixel − mean) · factor: `mean` (channels,) in units of a pixel's 0 to 255."""

    mean: Floats
    factor: float


class Contrasted(NamedTuple):
    """What stands out from its surroundings, as `app.datasets.scaling.LocalContrast` has it.

    With x a channel of the picture, of 0 to 1, the blurred one is `rows` · x · `columns`ᵀ;
    `least` is added to the standard deviation before it divides.
    """

    rows: Floats
    columns: Floats
    least: float


class Preparation(NamedTuple):
    """From pixels of 0 to 255 to what the first layer is given.

    Attributes:
        order: the old pixel that comes to lie at each place, (height · width,); None where all
            stay.
        scaling: what comes next.
    """

    order: NDArray[np.intp] | None
    scaling: Shifted | Contrasted


class WholeLayer(NamedTuple):
    """One layer: its name, what it is, the shape of its input, and its own arrays by name."""

    name: str
    layer: AnyLayer
    input_shape: Shape
    weights: dict[str, Floats]


class WholeNetwork(NamedTuple):
    """Everything that an image goes through.

    Attributes:
        input_shape: height, width and channels of an image.
        preparation: None where nobody knows what was done to pixels before.
    """

    input_shape: tuple[int, int, int]
    preparation: Preparation | None
    layers: tuple[WholeLayer, ...]

    @property
    def outputs(self) -> int:
        """How many numbers it answers with; a Refused where that isn't one vector."""
        last = self.layers[-1]
        shape = last.layer.output_shape(last.input_shape)
        if len(shape) != 1:
            message = f"This network ends in maps of shape {shape}, and no vector of answers"
            raise Refused(message, "format")
        return shape[0]


def whole_network(subject: Subject) -> WholeNetwork:
    """Reads a run's network as it was at a step.

    Raises:
        Missing: there is no such snapshot any more, or it doesn't hold all weights.
        ValueError: the network's layers aren't known.
    """
    return whole_of(kept_at(subject), subject.step)


def whole_of(kept: KeptSnapshot, step: int) -> WholeNetwork:
    """Takes a snapshot for a network; raises as `whole_network`."""
    prepared = None if kept.recipe_json is None else _preparation(kept)
    return WholeNetwork(kept.input_shape, prepared, tuple(_layers(kept, step)))


def _layers(kept: KeptSnapshot, step: int) -> Iterator[WholeLayer]:
    there = kept.weights()
    shape: Shape = kept.input_shape
    for name, layer in named(kept.layers):
        specs = layer.weights(shape)
        own = {spec.name: there.get(weight_name(name, spec.name)) for spec in specs}
        gone = [weight for weight, array in own.items() if array is None]
        if gone:
            lacking = f"{gone[0]} of {name}"
            message = f"The network at step {step} isn't on record whole: it lacks the {lacking}"
            raise Missing(message, "no_layer", "step")
        weights = {weight: array for weight, array in own.items() if array is not None}
        yield WholeLayer(name, layer, shape, weights)
        shape = layer.output_shape(shape)


def _preparation(kept: KeptSnapshot) -> Preparation:
    dataset = kept.dataset
    return Preparation(dataset.pixel_order, _told(dataset.scaling))


def _told(scaling: Scaling) -> Shifted | Contrasted:
    match scaling:
        case Standard(mean=mean, factor=factor):
            return Shifted(mean, factor)
        case LocalContrast(blurs=(rows, columns)):
            return Contrasted(rows, columns, SMALLEST_CONTRAST)
    raise TypeError(f"{type(scaling).__name__} can't be told")
