"""RMSprop: steps of equal size whatever the gradient's scale (Tieleman & Hinton 2012)."""

import numpy as np

from ..arrays import Array
from ..schedules import Rate
from .optimizer import Optimizer, fraction


class RMSprop(Optimizer):
    """v ← ρ·v + (1 − ρ)·g²; step = η·g / √(v + ε); with momentum μ: m ← μ·m + step, W ← W − m."""

    def __init__(
        self,
        learning_rate: float | Rate = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate)
        self.rho = fraction("rho", rho)
        self.momentum = fraction("momentum", momentum)
        self.epsilon = epsilon
        self.slots = ("mean_square", "momentum") if momentum else ("mean_square",)

    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        mean_square, *velocity = memory
        step, root = scratch
        np.multiply(gradients, gradients, out=step)
        step *= 1 - self.rho
        mean_square *= self.rho
        mean_square += step
        np.sqrt(np.add(mean_square, self.epsilon, out=root), out=root)
        np.multiply(gradients, self._learning_rate, out=step)
        step /= root
        if velocity:
            velocity[0][...] *= self.momentum
            velocity[0][...] += step
            step = velocity[0]
        values -= step
