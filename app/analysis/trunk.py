"""The first layers of a trained network, up to one conv layer, to see what its units answer."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..engine.layers import Setting, prepare
from ..vocabulary.layers.naming import weight_name
from .fields import Spatial

Floats = NDArray[np.float32]


class Trunk:
    """Carries batches of images to the last layer of `path`. One thread uses it at a time.

    Args:
        path: as `path_to` gives it.
        input_shape: (height, width, channels) of one image.
        weights: kernels and biases of the conv layers: "conv1/kernel", "conv1/bias", …
        images: how many images pass at once.
    """

    def __init__(
        self,
        path: Sequence[tuple[str, Spatial]],
        input_shape: tuple[int, int, int],
        weights: Mapping[str, Floats],
        images: int,
    ) -> None:
        self.images = images
        self._passes = []
        shape: tuple[int, ...] = input_shape
        for name, layer in path:
            values = {
                parameter.name: weights[weight_name(name, parameter.name)]
                for parameter in layer.parameters(shape)
            }
            unused = {key: np.zeros_like(value) for key, value in values.items()}
            setting = Setting(images, shape, values, unused, np.float32, input_gradient=False)
            self._passes.append(prepare(layer, setting))
            shape = layer.output_shape(shape)

    def answers(self, images: Floats) -> Floats:
        """Activations (n, rows, columns, filters) of up to `self.images` images, n of them.

        The array is overwritten by the next call.
        """
        count = len(images)
        outputs: NDArray[np.floating] = images
        if count < self.images:
            blank = np.zeros((self.images - count, *images.shape[1:]), np.float32)
            outputs = np.concatenate([images, blank])
        for layer in self._passes:
            outputs = layer.forward(outputs, training=False)
        answers: Floats = outputs[:count].astype(np.float32, copy=False)
        return answers
