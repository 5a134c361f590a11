"""A network: layers in order, their parameters, and a batch's way through them and back."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..vocabulary.layers import Layer
from ..vocabulary.layers.naming import conv_kernels, named, weight_name
from .arrays import Array, DType, Labels
from .assembly import fused, multiplications, weights_and_output
from .parallel import DataParallel
from .parameters import FlatBuffer, Parameters
from .plan import ParallelPlan
from .shard import Shard, named_at_once, shard_sizes
from .shared import Zeros


class Network:
    """Layers from images (height, width, channels) to logits (classes,).

    Layers with the same kind are numbered in order: conv1, conv2, dense1. Kernels are drawn in
    layer order from `generator`. All memory for batches of `batch_size` images is allocated here.
    A batch is cut into shards, which are worked on at once as the `plan` says. How many shards
    there are depends on the sizes alone, so the bytes that come out don't depend on who works. With
    a layer that needs the whole batch there is one.

    Attributes:
        parameters: all that an optimiser moves.
        state: what no optimiser sees: moving averages, and layers that aren't trainable.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        input_shape: tuple[int, int, int],
        generator: np.random.Generator,
        batch_size: int,
        dtype: DType = np.float32,
        plan: ParallelPlan | None = None,
    ) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size is {batch_size}; it must be at least 1")
        plan = plan or ParallelPlan()
        self.batch_size = batch_size
        self.input_shape = input_shape
        self.dtype = dtype
        self._layers = named(layers)
        self._needs_generator = any(layer.is_random for layer in layers)
        weights, self.output_shape = weights_and_output(self._layers, input_shape)
        self._names = weights.names
        self.parameters = Parameters(weights.parameters, dtype, plan.zeros)
        self.state = FlatBuffer(weights.state, dtype, plan.zeros)
        # In layer order, so that what is held fast begins as it would if it learned.
        for name in self._names:
            buffer = self.parameters.values if name in weights.parameters else self.state
            buffer.draw(generator, [name])
        work = multiplications(self._layers, input_shape)
        stays_whole = any(layer.needs_whole_batch for layer in layers)
        sizes = shard_sizes(batch_size, work, stays_whole)
        # A batch that is learnt from as a whole is shared all the same when many images pass.
        spare = sizes if plan.forks and plan.size > 1 and len(sizes) == 1 else []
        self._shards = self._make_shards([*sizes, *spare], plan.zeros)
        self._learning = self._shards[: len(sizes)]
        self._replicas = DataParallel(self._shards, plan)

    def loss_and_gradients(
        self,
        images: Array,
        labels: Labels,
        dropout_generator: np.random.Generator | None = None,
    ) -> tuple[float, int]:
        """Compute mean cross-entropy and how many of the batch are right; fill all gradients.

        images: (batch_size, height, width, channels); labels: (batch_size,) integers below
        classes. Gradients hold weight decay, the loss doesn't. A network with Dropout needs the
        generator, which is drawn from in a fixed order.
        """
        self._check_batch(images, labels)
        self._draw(dropout_generator)
        parts, start = [], 0
        for shard in self._learning:
            part = slice(start, start + shard.images)
            parts.append((images[part], labels[part]))
            start += shard.images
        self._replicas.learn(parts)
        results = [shard.result for shard in self._learning]
        for shard in self._learning[1:]:
            self.parameters.gradients.flat += shard.gradients.flat
        self.parameters.add_weight_decay()
        loss = sum(result.loss for result in results) / self.batch_size
        return loss, sum(result.correct for result in results)

    def predict(self, images: Array) -> Array:
        """Logits (images, classes) of any number of images, without dropout."""
        logits = np.empty((len(images), *self.output_shape), self.dtype)
        self._replicas.predict(images, logits)
        return logits

    def weights(self) -> dict[str, Array]:
        """Copies of all parameters and all state by name, layer by layer."""
        return self._copies(name for name, _ in self._layers)

    @property
    def conv_kernels(self) -> tuple[str, ...]:
        """Names of the conv layers' kernels, in order, whether they learn or not."""
        return tuple(conv_kernels(self._names))

    def conv_weights(self) -> dict[str, Array]:
        """Copies of kernels (HWIO), biases and all else that filters answer by, by name."""
        return self._copies(name for name, layer in self._layers if layer.is_kept)

    def load_weights(self, weights: Mapping[str, Array]) -> None:
        """Set all weights from such a dict; ValueError if names or shapes differ."""
        state = {name: array for name, array in weights.items() if name in self.state.views}
        self.state.check(state)
        self.parameters.load({name: weights[name] for name in weights if name not in state})
        self.state.load(state)

    def _copies(self, layers: Iterable[str]) -> dict[str, Array]:
        return {
            weight_name(layer, name): view.copy()
            for layer in layers
            for buffer in (self.parameters.values, self.state)
            for name, view in buffer.of_layer(layer).items()
        }

    def _draw(self, generator: np.random.Generator | None) -> None:
        if not self._needs_generator:
            return
        if generator is None:
            raise ValueError("a network with Dropout needs a dropout_generator to learn")
        for shard in self._learning:
            shard.draw(generator)

    def _make_shards(self, sizes: Sequence[int], zeros: Zeros) -> list[Shard]:
        layers, parameters = fused(self._layers), self.parameters
        buffers = [parameters.gradients, *(parameters.new_gradients() for _ in sizes[1:])]
        at_once = named_at_once(max(sizes), self.input_shape)
        return [
            Shard(
                layers,
                self.input_shape,
                parameters,
                self.state,
                gradients,
                self.batch_size,
                images,
                at_once,
                self.dtype,
                zeros,
            )
            for images, gradients in zip(sizes, buffers, strict=True)
        ]

    def _check_batch(self, images: Array, labels: Labels) -> None:
        expected = (self.batch_size, *self.input_shape)
        if images.shape != expected:
            raise ValueError(f"images have shape {images.shape}; this network takes {expected}")
        if labels.shape != (self.batch_size,):
            raise ValueError(f"labels have shape {labels.shape}, not ({self.batch_size},)")
