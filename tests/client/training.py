"""A small training in NumPy that keeps all its weights, to hold against what was told of it."""

from typing import Any

import numpy as np


class Training:
    """Fits a convolution's kernel, bias and a dense one to numbers, one update at a time."""

    def __init__(self) -> None:
        random = np.random.default_rng(15)
        self.kernel = random.normal(size=(3, 3, 1, 4)).astype("f4")
        self.bias = np.zeros(4, "f4")
        self.dense = random.normal(size=(36, 2)).astype("f4")
        self._wanted = random.normal(size=(3, 3, 1, 4)).astype("f4")
        self.kept: list[np.ndarray] = []
        self.biases: list[np.ndarray] = []
        self.losses: list[np.float32] = []
        self._keep()

    @property
    def loss(self) -> np.float32:
        """The error of the weights as they are."""
        return np.float32(np.square(self.kernel - self._wanted).mean())

    def kernels(self) -> dict[str, Any]:
        """Gives what `step` takes: views of arrays that the next update changes in place."""
        return {"conv1": (self.kernel, self.bias), "dense": self.dense}

    def update(self) -> None:
        """Makes one update, in place."""
        self.kernel -= np.float32(0.05) * (self.kernel - self._wanted)
        self.bias += self.kernel.mean(axis=(0, 1, 2))
        self._keep()

    def _keep(self) -> None:
        self.kept.append(self.kernel.copy())
        self.biases.append(self.bias.copy())
        self.losses.append(self.loss)
