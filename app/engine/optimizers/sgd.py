"""Gradient descent, with momentum (Polyak 1964) and Nesterov's (Sutskever et al. 2013)."""

import numpy as np

from ..arrays import Array
from ..schedules import Rate
from .optimizer import Optimizer, fraction


class SGD(Optimizer):
    """W ← W − η·g; with momentum μ: m ← μ·m − η·g, W ← W + m (Nesterov: W ← W + μ·m − η·g)."""

    def __init__(
        self, learning_rate: float | Rate = 0.01, momentum: float = 0.0, nesterov: bool = False
    ) -> None:
        super().__init__(learning_rate)
        self.momentum = fraction("momentum", momentum)
        self.nesterov = nesterov
        self.slots = ("momentum",) if momentum else ()

    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        move = np.multiply(gradients, -self._learning_rate, out=scratch[0])
        if not memory:
            values += move
            return
        (velocity,) = memory
        velocity *= self.momentum
        velocity += move
        if self.nesterov:
            values += move
            values += np.multiply(velocity, self.momentum, out=scratch[1])
        else:
            values += velocity
