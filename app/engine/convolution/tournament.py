"""Max-pooling: the largest of four answers, and its gradient's way back to where it came from.

Of equal answers the first wins, as in Keras. Products with booleans cost a tenth of `where`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array

# (3, *outputs): who won each of three matches.
Winners = NDArray[np.bool_]


class Tournament:
    """Two semi-finals and a final between four arrays of equal shape: (0, 1), (2, 3).

    There is room for arrays like the one given, and for ones with a shorter first axis.
    """

    def __init__(self, like: Array) -> None:
        self._upper = np.zeros_like(like)
        self._lower = np.zeros_like(like)

    def play(self, answers: Sequence[Array], outputs: Array, winners: Winners) -> None:
        """Write the largest answers, and who won each of the three matches."""
        first, second, third, fourth = answers
        upper_won, first_won, third_won = winners
        np.greater_equal(first, second, out=first_won)
        np.greater_equal(third, fourth, out=third_won)
        upper = np.maximum(first, second, out=self._upper[: len(first)])
        lower = np.maximum(third, fourth, out=self._lower[: len(first)])
        np.greater_equal(upper, lower, out=upper_won)
        np.maximum(upper, lower, out=outputs)

    def give_back(self, gradient: Array, winners: Winners, answers: Sequence[Array]) -> None:
        """Overwrite the answers by their gradients: all of it to the winner, none to others."""
        first, second, third, fourth = answers
        upper_won, first_won, third_won = winners
        upper = np.multiply(gradient, upper_won, out=self._upper[: len(first)])
        lower = np.subtract(gradient, upper, out=self._lower[: len(first)])
        np.multiply(upper, first_won, out=first)
        np.subtract(upper, first, out=second)
        np.multiply(lower, third_won, out=third)
        np.subtract(lower, third, out=fourth)
