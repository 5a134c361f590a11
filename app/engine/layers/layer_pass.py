"""The skeleton of every layer's pass: the working memory that carries a layer out."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ...vocabulary.layers import Layer, Shape
from ..arrays import Array, DType
from ..shared import Zeros


@dataclass(frozen=True)
class Setting:
    """Tells a layer all that it needs to prepare its memory.

    images: how many images pass through at once; input_shape: of one image; values: the layer's
    parameters by name; gradients: those of the parameters that learn; input_gradient: False where
    nobody will ask for it (no layer before it learns), so that it needn't be computed; zeros:
    allocates what is drawn before others work on it; state: what training changes without learning
    it, by name.
    """

    images: int
    input_shape: Shape
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    dtype: DType
    input_gradient: bool
    zeros: Zeros = np.zeros
    state: Mapping[str, Array] = field(default_factory=dict)

    def empty(self, *shape: int) -> Array:
        """Allocate one array per image, of the network's dtype."""
        return np.zeros((self.images, *shape), self.dtype)

    def answering(self, images: int) -> "Setting":
        """Build the same for a pass that only answers, to so many images at once."""
        return replace(self, images=images, gradients={}, input_gradient=False, zeros=np.zeros)


def inference_setting(
    layer: Layer, input_shape: Shape, weights: Mapping[str, Array], images: int
) -> Setting:
    """Build the setting of a float32 pass that only answers, from the layer's weights by name."""
    learned = [spec.name for spec in layer.parameters(input_shape)]
    values = {name: np.asarray(weights[name], np.float32) for name in learned}
    unused = {name: np.empty_like(value) for name, value in values.items()}
    state = {name: value for name, value in weights.items() if name not in values}
    return Setting(images, input_shape, values, unused, np.float32, False, state=state)


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
        """Compute the loss's gradient by the inputs from that by the outputs; None if not
        wanted.
        """
