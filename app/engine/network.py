"""A network: layers in order, their parameters, and a batch's way through them and back."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from app.engine.arrays import Array, DType, Labels
from app.engine.assembly import merged, multiplications, named, parameters_and_output
from app.engine.crew import Clock, Crew, available_cores
from app.engine.layers.conv2d import Conv2D
from app.engine.layers.layer import Layer
from app.engine.parameters import Parameters
from app.engine.shard import Shard, share_out


class Network:
    """Layers from images (height, width, channels) to logits (classes,).

    Layers with the same kind are numbered in order: conv1, conv2, dense1. Kernels are drawn in
    layer order from `generator`. All memory for batches of `batch_size` images is allocated here.
    A batch is cut into shards; up to `threads` of them (by default one a core) are worked on at
    once. How many shards there are depends on the sizes alone, so the bytes that come out don't
    depend on the number of threads. With a `clock` (seconds) the network finds out now and then
    whether one thread would be faster, as it is where the cores are busy elsewhere.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        input_shape: tuple[int, int, int],
        generator: np.random.Generator,
        batch_size: int,
        dtype: DType = np.float32,
        threads: int | None = None,
        clock: Clock | None = None,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size is {batch_size}; it must be at least 1")
        self.batch_size = batch_size
        self.input_shape = input_shape
        self.dtype = dtype
        self._layers = named(layers)
        self._needs_generator = any(layer.random for layer in layers)
        specs, self.output_shape = parameters_and_output(self._layers, input_shape)
        self.parameters = Parameters(specs, dtype)
        self.parameters.draw(generator)
        work = multiplications(self._layers, input_shape)
        self._shards = self._make_shards(share_out(batch_size, work))
        self._crew = Crew(min(len(self._shards), threads or available_cores()), clock)

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
        tasks, start = [], 0
        for shard in self._shards:
            part = slice(start, start + shard.images)
            tasks.append(partial(shard.learn, images[part], labels[part], self.batch_size))
            start += shard.images
        outcomes = self._crew.run("learn", tasks)
        for shard in self._shards[1:]:
            self.parameters.gradients.flat += shard.gradients.flat
        self.parameters.add_weight_decay()
        loss = sum(outcome.loss for outcome in outcomes) / self.batch_size
        return loss, sum(outcome.correct for outcome in outcomes)

    def predict(self, images: Array) -> Array:
        """Logits (images, classes) of any number of images, without dropout."""
        logits = np.empty((len(images), *self.output_shape), self.dtype)
        starts: list[tuple[Shard, int]] = []
        start = 0
        while start < len(images):
            shard = self._shards[len(starts) % len(self._shards)]
            starts.append((shard, start))
            start += shard.images
        for turn in range(0, len(starts), len(self._shards)):
            self._crew.run(
                "predict",
                [
                    partial(_predict_into, shard, images[start:], logits[start:])
                    for shard, start in starts[turn : turn + len(self._shards)]
                ],
            )
        return logits

    def weights(self) -> dict[str, Array]:
        """Copies of all parameters by name."""
        return {parameter.name: parameter.value.copy() for parameter in self.parameters}

    @property
    def conv_kernels(self) -> tuple[str, ...]:
        """Names of the conv layers' kernels, in order: what an optimiser may be asked about."""
        layers = (name for name, layer in self._layers if isinstance(layer, Conv2D))
        return tuple(f"{name}/kernel" for name in layers)

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
        layers = merged(self._layers)
        buffers = [self.parameters.gradients]
        buffers += [self.parameters.new_gradients() for _ in sizes[1:]]
        return [
            Shard(layers, self.input_shape, self.parameters, gradients, size, self.dtype)
            for size, gradients in zip(sizes, buffers, strict=True)
        ]

    def _check_batch(self, images: Array, labels: Labels) -> None:
        expected = (self.batch_size, *self.input_shape)
        if images.shape != expected:
            raise ValueError(f"images have shape {images.shape}; this network takes {expected}")
        if labels.shape != (self.batch_size,):
            raise ValueError(f"labels have shape {labels.shape}, not ({self.batch_size},)")


def _predict_into(shard: Shard, images: Array, logits: Array) -> None:
    chunk: Array = np.ascontiguousarray(images[: shard.images], logits.dtype)
    if len(chunk) < shard.images:
        rest = np.zeros((shard.images - len(chunk), *chunk.shape[1:]), chunk.dtype)
        chunk = np.concatenate([chunk, rest])
    count = min(len(images), shard.images)
    logits[:count] = shard.logits(chunk)[:count]
