"""A network: layers in order, their parameters, and a batch's way through them and back."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from app.engine.arrays import Array, DType, Labels, Shape
from app.engine.layers.conv2d import Conv2D
from app.engine.layers.layer import Layer
from app.engine.parameters import Parameters
from app.engine.shard import Shard


class Network:
    """Layers from images (height, width, channels) to logits (classes,).

    Layers with the same kind are numbered in order: conv1, conv2, dense1. Kernels are drawn in
    layer order from `generator`. All memory for batches of `batch_size` images is allocated here.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        input_shape: tuple[int, int, int],
        generator: np.random.Generator,
        batch_size: int,
        dtype: DType = np.float32,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size is {batch_size}; it must be at least 1")
        self.batch_size = batch_size
        self.input_shape = input_shape
        self.dtype = dtype
        self._layers = _named(layers)
        self._needs_generator = any(layer.random for layer in layers)
        specs = {}
        shape: Shape = input_shape
        for name, layer in self._layers:
            self.output_shape = layer.output_shape(shape)
            for spec in layer.parameters(shape):
                specs[f"{name}/{spec.name}"] = spec
            shape = self.output_shape
        if len(shape) != 1:
            raise ValueError(f"the last layer gives {shape} an image, not one logit a class")
        self.parameters = Parameters(specs, dtype)
        self.parameters.draw(generator)
        self._shards = self._make_shards([batch_size])

    def loss_and_gradients(
        self,
        images: Array,
        labels: Labels,
        dropout_generator: np.random.Generator | None = None,
    ) -> tuple[float, int]:
        """Mean cross-entropy and how many of the batch are right; fills all gradients.

        images: (batch_size, height, width, channels); labels: (batch_size,) integers below
        classes. Gradients hold weight decay, the loss doesn't. A network with Dropout needs the
        generator, which is drawn from in a fixed order.
        """
        self._check_batch(images, labels)
        self._draw(dropout_generator)
        loss, correct, start = 0.0, 0, 0
        for shard in self._shards:
            stop = start + shard.images
            outcome = shard.learn(images[start:stop], labels[start:stop], self.batch_size)
            loss, correct, start = loss + outcome.loss, correct + outcome.correct, stop
        self.parameters.add_weight_decay()
        return loss / self.batch_size, correct

    def predict(self, images: Array) -> Array:
        """Logits (images, classes) of any number of images, without dropout."""
        logits = np.empty((len(images), *self.output_shape), self.dtype)
        shard = self._shards[0]
        for start in range(0, len(images), shard.images):
            chunk: Array = np.ascontiguousarray(images[start : start + shard.images], self.dtype)
            answers = shard.logits(_filled_up(chunk, shard.images))
            logits[start : start + len(chunk)] = answers[: len(chunk)]
        return logits

    def weights(self) -> dict[str, Array]:
        """Copies of all parameters by name."""
        return {parameter.name: parameter.value.copy() for parameter in self.parameters}

    def conv_weights(self) -> dict[str, Array]:
        """Copies of the conv layers' kernels (HWIO) and biases by name."""
        prefixes = tuple(f"{name}/" for name, layer in self._layers if isinstance(layer, Conv2D))
        return {
            parameter.name: parameter.value.copy()
            for parameter in self.parameters
            if parameter.name.startswith(prefixes)
        }

    def load_weights(self, weights: Mapping[str, Array]) -> None:
        """Set all parameters from such a dict; ValueError if names or shapes differ."""
        self.parameters.load(weights)

    def _draw(self, generator: np.random.Generator | None) -> None:
        if not self._needs_generator:
            return
        if generator is None:
            raise ValueError("a network with Dropout needs a dropout_generator to learn")
        for shard in self._shards:
            shard.draw(generator)

    def _make_shards(self, sizes: Sequence[int]) -> list[Shard]:
        return [
            Shard(
                self._layers,
                self.input_shape,
                self.parameters,
                self.parameters.gradients,
                size,
                self.dtype,
            )
            for size in sizes
        ]

    def _check_batch(self, images: Array, labels: Labels) -> None:
        expected = (self.batch_size, *self.input_shape)
        if images.shape != expected:
            raise ValueError(f"images have shape {images.shape}; this network takes {expected}")
        if labels.shape != (self.batch_size,):
            raise ValueError(f"labels have shape {labels.shape}, not ({self.batch_size},)")


def _named(layers: Sequence[Layer]) -> list[tuple[str, Layer]]:
    if not layers:
        raise ValueError("a network needs at least one layer")
    counts: Counter[str] = Counter()
    named = []
    for layer in layers:
        counts[layer.kind] += 1
        named.append((f"{layer.kind}{counts[layer.kind]}", layer))
    return named


def _filled_up(chunk: Array, images: int) -> Array:
    if len(chunk) == images:
        return chunk
    rest = np.zeros((images - len(chunk), *chunk.shape[1:]), chunk.dtype)
    return np.concatenate([chunk, rest])
