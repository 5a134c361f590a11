"""Adadelta: steps measured in the parameter's own units (Zeiler 2012, algorithm 1)."""

import numpy as np

from ..arrays import Array
from ..schedules import Rate
from .optimizer import Optimizer, fraction


class Adadelta(Optimizer):
    """a ← ρ·a + (1 − ρ)·g²; Δ = g·√(d + ε) / √(a + ε); d ← ρ·d + (1 − ρ)·Δ²; W ← W − η·Δ.

    The slots hold a and d divided by 1 − ρ: sums where these are means, so that
    Δ = g·√((sum of Δ² + ε′) / (sum of g² + ε′)) with ε′ = ε / (1 − ρ), one root instead of two.
    """

    slots = ("sum_square_gradient", "sum_square_change")

    def __init__(
        self, learning_rate: float | Rate = 0.001, rho: float = 0.95, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.rho = fraction("rho", rho)
        self.epsilon = epsilon

    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        of_gradient, of_change = memory
        change, rest = scratch
        epsilon = self.epsilon / (1 - self.rho)
        of_gradient *= self.rho
        of_gradient += np.multiply(gradients, gradients, out=rest)
        np.add(of_change, epsilon, out=change)
        change /= np.add(of_gradient, epsilon, out=rest)
        np.sqrt(change, out=change)
        change *= gradients
        of_change *= self.rho
        of_change += np.multiply(change, change, out=rest)
        change *= self._learning_rate
        values -= change
