"""A share of every batch and the memory in which one thread takes it through the network."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.engine.arrays import Array, DType, Labels, Shape
from app.engine.layers.layer import Layer, Setting
from app.engine.losses import softmax_cross_entropy
from app.engine.parameters import FlatBuffer, Parameters

# Images a shard takes at most: enough to keep two cores busy with the batches of the recipes.
_IMAGES_PER_SHARD = 64
# Batches of fewer multiplications stay whole: to hand over a part would take as long as doing it.
_WORTH_SHARING = 8_000_000


def share_out(batch_size: int, multiplications: int) -> list[int]:
    """Sizes of a batch's shards: two about equal ones, or more if those would be large.

    multiplications: of one image's way through the network. A batch that needs few stays whole.
    """
    fewest = 1 if batch_size * multiplications < _WORTH_SHARING else min(2, batch_size)
    shards = max(fewest, -(-batch_size // _IMAGES_PER_SHARD))
    small, more = divmod(batch_size, shards)
    return [small + (number < more) for number in range(shards)]


class Outcome(NamedTuple):
    """A batch's (or a share's) summed loss and how many images it got right."""

    loss: float
    correct: int


class Shard:
    """The passes of all layers for a fixed number of images, with gradients of their own.

    Shards read the same values and share nothing else, so each may run in a thread of its own.
    """

    def __init__(
        self,
        named_layers: Sequence[tuple[str, Layer]],
        input_shape: Shape,
        parameters: Parameters,
        gradients: FlatBuffer,
        images: int,
        dtype: DType,
    ) -> None:
        self.images = images
        self.gradients = gradients
        self._passes = []
        shape = input_shape
        input_gradient = False
        for name, layer in named_layers:
            values = parameters.values.of_layer(name)
            setting = Setting(
                images, shape, values, gradients.of_layer(name), dtype, input_gradient
            )
            self._passes.append(layer.prepare(setting))
            # Once something has been learnt, what comes after must pass its gradient on.
            input_gradient = input_gradient or bool(values)
            shape = layer.output_shape(shape)

    def draw(self, generator: np.random.Generator) -> None:
        """Let every layer draw what its next training forward needs at random."""
        for layer in self._passes:
            layer.draw(generator)

    def logits(self, images: Array, training: bool = False) -> Array:
        """(images, classes), valid until the next call."""
        outputs = images
        for layer in self._passes:
            outputs = layer.forward(outputs, training)
        return outputs

    def learn(self, images: Array, labels: Labels, batch_size: int) -> Outcome:
        """Fill this shard's gradients with its part of the batch's mean loss."""
        logits = self.logits(images, training=True)
        losses, gradient = softmax_cross_entropy(logits, labels, batch_size)
        correct = int(np.count_nonzero(logits.argmax(axis=1) == labels))
        flowing: Array | None = gradient
        for layer in reversed(self._passes):
            if flowing is None:
                break
            flowing = layer.backward(flowing)
        return Outcome(float(losses.sum()), correct)
