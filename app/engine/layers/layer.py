"""The skeleton of every layer: a description, and the working memory that carries it out."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..arrays import Array, DType, Shape
from ..parameters import ParameterSpec
from ..shared import Zeros


@dataclass(frozen=True)
class Setting:
    """What a layer needs to know to prepare its memory.

    images: how many images pass through at once; input_shape: of one image; values, gradients:
    the layer's parameters by name; input_gradient: False where nobody will ask for it (the first
    layer), so that it needn't be computed; zeros: allocates what is drawn before others work on it.
    """

    images: int
    input_shape: Shape
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    dtype: DType
    input_gradient: bool
    zeros: Zeros = np.zeros

    def empty(self, *shape: int) -> Array:
        """Memory for one array per image, of the network's dtype."""
        return np.zeros((self.images, *shape), self.dtype)


class Pass(ABC):
    """A layer's working memory for a fixed number of images. One thread uses it at a time.

    Arrays returned belong to the pass and are overwritten by its next call. `backward` belongs to
    the last `forward`, overwrites the parameters' gradients, and may overwrite its argument.
    """

    def draw(self, generator: np.random.Generator) -> None:  # noqa: B027
        """Draw what the next training forward needs at random; most layers need nothing."""

    @abstractmethod
    def forward(self, inputs: Array, training: bool) -> Array:
        """Outputs (images, *output_shape) of inputs (images, *input_shape)."""

    @abstractmethod
    def backward(self, gradient: Array) -> Array | None:
        """The loss's gradient by the inputs from that by the outputs; None if not wanted."""


class Layer(ABC):
    """A layer's description: immutable, without weights, usable in many networks.

    `kind` begins its name in a network: conv1, conv2, dense1, ...; `random` says whether its
    passes must draw before they learn.
    """

    kind: ClassVar[str]
    random: ClassVar[bool] = False

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Shape of one image's output; ValueError if such an input can't be."""

    def parameters(self, input_shape: Shape) -> Sequence[ParameterSpec]:
        """What the layer learns, in order; nothing unless it says so."""
        return ()

    def fuse(self, follower: "Layer") -> "Layer | None":
        """One layer that does this one's work and the next one's, if that is faster."""
        return None

    @abstractmethod
    def prepare(self, setting: Setting) -> Pass:
        """Allocate what a pass needs, once."""


def image_shape(layer: str, input_shape: Shape) -> tuple[int, int, int]:
    """(height, width, channels), or ValueError where the input isn't an image."""
    if len(input_shape) != 3:
        raise ValueError(
            f"{layer} needs images of shape (height, width, channels), not {input_shape}; "
            "place it before Flatten, GlobalAveragePool2D and Dense"
        )
    return input_shape[0], input_shape[1], input_shape[2]


def at_least_one(**sizes: int) -> None:
    """ValueError naming the first size that is below 1."""
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name} is {size}; it must be at least 1")
