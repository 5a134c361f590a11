"""Layers of a trained network that follow one another, to see what the last one's units answer."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..engine.layers import inference_setting, prepare
from ..vocabulary.layers import Layer, Shape
from ..vocabulary.layers.naming import weight_name

Floats = NDArray[np.float32]


class Trunk:
    """Carries batches of images to the last layer of `path`. One thread uses it at a time.

    Args:
        path: as `path_to` gives it, or any other layers that follow one another.
        input_shape: (height, width, channels) of one image, or the shape of what else comes in.
        weights: of the layers on the path: "conv1/kernel", "conv1/bias", …
        images: how many images pass at once.
    """

    def __init__(
        self,
        path: Sequence[tuple[str, Layer]],
        input_shape: Shape,
        weights: Mapping[str, Floats],
        images: int,
    ) -> None:
        self.images = images
        self._passes = []
        shape = input_shape
        for name, layer in path:
            values = {
                spec.name: weights[weight_name(name, spec.name)] for spec in layer.weights(shape)
            }
            self._passes.append(prepare(layer, inference_setting(layer, shape, values, images)))
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
