"""Adam (Kingma & Ba 2015), and AdamW with weight decay apart (Loshchilov & Hutter 2019)."""

import math

import numpy as np

from ..arrays import Array
from ..schedules import Rate
from .optimizer import Optimizer, fraction


class Adam(Optimizer):
    """m ← m + (1 − β₁)(g − m); v ← v + (1 − β₂)(g² − v); W ← W − α·m / (√v + ε).

    α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ) at update t, counted from 1 since its memory began.
    """

    slots = ("mean", "mean_square")

    def __init__(
        self,
        learning_rate: float | Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1 = fraction("beta_1", beta_1)
        self.beta_2 = fraction("beta_2", beta_2)
        self.epsilon = epsilon

    def _begin(self, learning_rate: float) -> None:
        super()._begin(learning_rate)
        correction_1 = 1 - self.beta_1**self.remembered
        correction_2 = 1 - self.beta_2**self.remembered
        self._alpha = learning_rate * math.sqrt(correction_2) / correction_1

    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        mean, mean_square = memory
        step, root = scratch
        np.subtract(gradients, mean, out=step)
        step *= 1 - self.beta_1
        mean += step
        np.multiply(gradients, gradients, out=step)
        step -= mean_square
        step *= 1 - self.beta_2
        mean_square += step
        np.sqrt(mean_square, out=root)
        root += self.epsilon
        np.multiply(mean, self._alpha, out=step)
        step /= root
        values -= step


class AdamW(Adam):
    """Adam, after W ← W − η·weight_decay·W on every parameter, biases too, as Keras does."""

    def __init__(
        self,
        learning_rate: float | Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        weight_decay: float = 0.004,
    ) -> None:
        super().__init__(learning_rate, beta_1, beta_2, epsilon)
        if not weight_decay >= 0:
            raise ValueError(f"weight_decay is {weight_decay}; it must be at least 0")
        self.weight_decay = weight_decay

    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        values -= np.multiply(values, self._learning_rate * self.weight_decay, out=scratch[0])
        super()._update(values, gradients, memory, scratch)
