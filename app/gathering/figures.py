"""Brightness of a training set, by which pictures are scaled; read piece by piece."""

from pathlib import Path

import numpy as np

from ..kept_pictures import IMAGES

_AT_ONCE = 512  # pictures


def figures_of_rows(folder: Path, train_size: int) -> tuple[tuple[float, ...], float]:
    """Computes the mean of each channel of the training set, and the one deviation about them.

    Returns:
        Both as fractions of 255; a set of one shade has the deviation 1/255, which scales nothing
        to infinity.
    """
    images = np.load(folder / IMAGES, mmap_mode="r", allow_pickle=False)
    channels = images.shape[3]
    counts = np.zeros((channels, 256), np.int64)
    for start in range(0, train_size, _AT_ONCE):
        pixels = images[start : min(start + _AT_ONCE, train_size)].reshape(-1, channels)
        counts += np.stack([np.bincount(channel, minlength=256) for channel in pixels.T])
    shades = np.arange(256) / 255
    shares = counts / counts.sum(axis=1, keepdims=True)
    means = shares @ shades
    variance = float(np.mean(shares @ shades**2 - means**2))
    return tuple(float(mean) for mean in means), max(variance, 0.0) ** 0.5 or 1 / 255
