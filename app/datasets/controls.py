"""The two controls: data spoiled on purpose, so that real filters can be told from habit.

With its pixels shuffled an image has no edges left to find; with random labels there is nothing
to learn that would need them. A network that still showed edge detectors would prove the metric
wrong.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Streams of one seed, far from those of weights and batches: nothing draws the same numbers.
_PIXEL_STREAM: Final = 101
_LABEL_STREAM: Final = 102


def pixel_permutation(height: int, width: int, seed: int) -> NDArray[np.intp]:
    """Draws one order of the pixel positions, (height · width,), the same for every image."""
    generator = np.random.default_rng((seed, _PIXEL_STREAM))
    return generator.permutation(height * width)


def shuffle_pixels(images: NDArray[np.uint8], order: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Shuffles images (n, height, width, channels): pixel i becomes the old pixel `order[i]`.

    The channels of a pixel stay together.
    """
    count, height, width, channels = images.shape
    positions = images.reshape(count, height * width, channels)
    return np.take(positions, order, axis=1).reshape(images.shape)


def random_labels(count: int, classes: int, seed: int) -> NDArray[np.int64]:
    """Labels (count,) drawn uniformly from 0 to classes − 1, blind to the images."""
    generator = np.random.default_rng((seed, _LABEL_STREAM))
    return generator.integers(0, classes, count, dtype=np.int64)
