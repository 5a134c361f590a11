"""Checkpoints of a small network, as Keras writes them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.reading.keras_files import counted_h5, keras_zip, layer, named_h5, sequential

SHAPE = (3, 3, 1, 8)
SECOND_SHAPE = (3, 3, 8, 4)


def kernel(seed: int, shape: tuple[int, ...] = SHAPE) -> NDArray[np.float32]:
    """The weights of one checkpoint."""
    return np.random.default_rng([seed, len(shape)]).normal(0, 0.1, shape).astype("f4")


def checkpoint(path: Path, seed: int, first: NDArray[np.float32] | None = None) -> Path:
    """Writes the whole network; `first` in place of the first layer's kernel that is drawn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    config = sequential(
        layer("Conv2D", "stem", kernel_size=[3, 3], filters=8),
        layer("Conv2D", "second", kernel_size=[3, 3], filters=4),
    )
    weights = counted_h5(
        {
            "layers/conv2d": [kernel(seed) if first is None else first, np.zeros(8, "f4")],
            "layers/conv2d_1": [kernel(seed, SECOND_SHAPE), np.zeros(4, "f4")],
        }
    )
    return keras_zip(path, config, weights)


def other_network(path: Path) -> Path:
    """Writes a network with other layers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {"other/kernel:0": kernel(9, (5, 5, 3, 2)), "other/bias:0": np.zeros(2, "f4")}
    return named_h5(path, {"other": arrays})
