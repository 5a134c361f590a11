"""Adadelta: steps measured in the parameter's own units (Zeiler 2012, algorithm 1)."""

import numpy as np

from app.engine.arrays import Array
from app.engine.optimizers.optimizer import Optimizer, share


class Adadelta(Optimizer):
    """a ← ρ·a + (1 − ρ)·g²; Δ = g·√(d + ε) / √(a + ε); d ← ρ·d + (1 − ρ)·Δ²; W ← W − η·Δ."""

    slots = ("mean_square_gradient", "mean_square_change")

    def __init__(
        self, learning_rate: float = 0.001, rho: float = 0.95, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.rho = share("rho", rho)
        self.epsilon = epsilon

    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        of_gradient, of_change = memory
        change, rest = scratch
        np.multiply(gradients, gradients, out=rest)
        rest *= 1 - self.rho
        of_gradient *= self.rho
        of_gradient += rest
        np.sqrt(np.add(of_change, self.epsilon, out=change), out=change)
        change *= gradients
        change /= np.sqrt(np.add(of_gradient, self.epsilon, out=rest), out=rest)
        np.multiply(change, change, out=rest)
        rest *= 1 - self.rho
        of_change *= self.rho
        of_change += rest
        change *= self._rate
        values -= change
