"""A shard: a fixed share of every batch, and the memory in which it goes through the network."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.layers import Layer, Shape
from .arrays import Array, DType, Labels
from .layers import Pass, Setting, prepare
from .losses import softmax_cross_entropy
from .parameters import FlatBuffer, Parameters
from .shared import Zeros

# Images a shard takes at most: enough to keep two cores busy with the batches of the recipes.
_IMAGES_PER_SHARD = 64
# Where learning takes fewer at once, so many are named at once all the same: what a call costs is
# then paid less often. No more than stay in a core's second-level cache.
_NAMED_AT_ONCE = 32
_NAMED_BYTES = 1 << 19
# Batches of fewer multiplications stay whole: to hand over a part would take as long as doing it.
_WORTH_SHARING = 4_000_000


def shard_sizes(batch_size: int, multiplications: int, stays_whole: bool = False) -> list[int]:
    """Sizes of a batch's shards: two about equal ones, or more if those would be large.

    multiplications: of one image's way through the network. A batch that needs few stays whole;
    so does one of a network that `stays_whole`, however many.
    """
    if stays_whole:
        return [batch_size]
    fewest = 1 if batch_size * multiplications < _WORTH_SHARING else min(2, batch_size)
    shards = max(fewest, -(-batch_size // _IMAGES_PER_SHARD))
    small, more = divmod(batch_size, shards)
    return [small + (number < more) for number in range(shards)]


class ShardResult(NamedTuple):
    """A shard's summed loss and how many of its images were right."""

    loss: float
    correct: int


class Shard:
    """The passes of all layers for a fixed number of images, with gradients of their own.

    Shards read the same values and share nothing else, so each may be worked on by a thread of its
    own. What another process must see of its learning comes from `zeros`: gradients and outcome.

    Args:
        batch_size: of the whole batch, over which the loss is a mean.
        images: how many of them are this shard's.
        named: how many images it answers to at once.
    """

    def __init__(
        self,
        named_layers: Sequence[tuple[str, Layer]],
        input_shape: Shape,
        parameters: Parameters,
        state: FlatBuffer,
        gradients: FlatBuffer,
        batch_size: int,
        images: int,
        named: int,
        dtype: DType,
        zeros: Zeros = np.zeros,
    ) -> None:
        self.images = images
        self.named = named
        self.input_shape = input_shape
        self.dtype = dtype
        self.gradients = gradients
        self._batch_size = batch_size
        self._passes: list[Pass] = []
        self._naming = self._passes if named == images else []
        shape = input_shape
        input_gradient = False
        for name, layer in named_layers:
            learning = gradients.of_layer(name)
            weights = parameters.values.of_layer(name) | state.of_layer(name)
            values = {spec.name: weights.pop(spec.name) for spec in layer.parameters(shape)}
            setting = Setting(
                images, shape, values, learning, dtype, input_gradient, zeros, state=weights
            )
            self._passes.append(prepare(layer, setting))
            if self._naming is not self._passes:
                self._naming.append(prepare(layer, setting.answering(named)))
            # Once something learns, what comes after must pass its gradient on.
            input_gradient = input_gradient or bool(learning)
            shape = layer.output_shape(shape)
        self.output_shape = shape
        self._result: NDArray[np.float64] = zeros((2,), np.float64)

    @property
    def result(self) -> ShardResult:
        """The loss and the right answers of the last learning."""
        loss, correct = self._result
        return ShardResult(float(loss), int(correct))

    def draw(self, generator: np.random.Generator) -> None:
        """Let every layer draw what its next training forward needs at random."""
        for layer in self._passes:
            layer.draw(generator)

    def predict(self, images: Array) -> Array:
        """Logits of so many images as are named at once; they hold until the next call."""
        return self._forward(self._naming, images, training=False)

    def learn(self, images: Array, labels: Labels) -> None:
        """Fill this shard's gradients with its part of the batch's mean loss."""
        logits = self._forward(self._passes, images, training=True)
        losses, gradient = softmax_cross_entropy(logits, labels, self._batch_size)
        self._result[:] = losses.sum(), np.count_nonzero(logits.argmax(axis=1) == labels)
        flowing: Array | None = gradient
        for layer in reversed(self._passes):
            if flowing is None:
                break
            flowing = layer.backward(flowing)

    def _forward(self, passes: Sequence[Pass], images: Array, training: bool) -> Array:
        """Return logits (images, classes)."""
        outputs: Array = np.ascontiguousarray(images, self.dtype)
        for layer in passes:
            outputs = layer.forward(outputs, training)
        return outputs


def named_at_once(images: int, input_shape: Shape) -> int:
    """Tell how many images a shard answers to at once that learns from so many: no fewer."""
    fitting = _NAMED_BYTES // (4 * math.prod(input_shape))
    return max(images, min(_NAMED_AT_ONCE, fitting))
