"""The test of Kolmogorov and Smirnov: may these numbers be draws of that distribution?"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_TERMS = 100  # of the series, of which some five count


def p_value(values: Floats, cumulative: Callable[[Floats], Floats]) -> float:
    """Computes how often so many draws of a distribution would lie as far from it, or further.

    D = sup |F_n − F|; p = 2 Σ (−1)^(j−1) e^(−2j²x²) with x = (√n + .12 + .11/√n)·D. Kolmogorov
    1933; the correction for small n is Stephens's, 1970.

    Args:
        values: float64 (n,), in any order.
        cumulative: F, which no number was fitted to.
    """
    ordered = np.sort(values)
    count = len(ordered)
    expected = cumulative(ordered)
    places = np.arange(count + 1) / count
    distance = max(float((places[1:] - expected).max()), float((expected - places[:-1]).max()))
    root = math.sqrt(count)
    x = (root + 0.12 + 0.11 / root) * distance
    if x < 0.2:
        return 1.0  # where the series needs many terms and gives 1 to twelve places
    terms = (math.exp(-2 * (j * x) ** 2) * (1 if j % 2 else -1) for j in range(1, _TERMS))
    return min(1.0, max(0.0, 2 * sum(terms)))
