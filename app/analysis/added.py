"""What training added to filters: what is left of them once what is left of their start is taken.

Small kernels keep their random start, and it hides what they learned. W − W₀ shows that, as long
as all of the start is still there. Where weight decay has eaten most of it, W − W₀ holds the
start's negative instead, which is noise again; so no more is subtracted than is left.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Floats, columns_of, products

SMALL: Final = 3
_CHANCE_SMALL: Final = 0.02
_CHANCE: Final = 0.06


class Added(NamedTuple):
    """What training added to each filter of a layer, or of several of the same start.

    Attributes:
        kernels: float64 of the shape given, HWIO or (frames, H, W, I, O).
        left: float64 (..., filters), the share a of its start that is left in a filter. Above 1
            where learning went along with the start, below 0 where it went against it; 0 where a
            filter began with zeros, so that all of it was added.
    """

    kernels: Floats
    left: Floats


def added_since(first: NDArray[np.float32], now: NDArray[np.float32]) -> Added:
    """Computes W − min(a, 1)·W₀ with a = ⟨W, W₀⟩ / ⟨W₀, W₀⟩, filter by filter.

    a·W₀ is what of W lies along its start, by least squares. No more than W₀ is taken: a filter
    that learned something which resembles its start would otherwise lose what it learned.

    Args:
        first: HWIO, the kernels before the first update.
        now: HWIO of the same shape, or several such, (frames, H, W, I, O).

    Raises:
        ValueError: the shapes differ.
    """
    if now.shape[-4:] != first.shape:
        raise ValueError(f"kernels of shapes {first.shape} and {now.shape} can't be compared")
    start, end = columns_of(first), columns_of(now)
    left = share_left(start, end)
    weights = end.weights - np.minimum(left, 1)[..., None, :] * start.weights
    return Added(weights.reshape(now.shape), left)


def share_left(first: Columns, now: Columns) -> Floats:
    """Computes the share a of each filter's start that is left in it, (..., filters)."""
    along = products(np.broadcast_to(first.weights, now.weights.shape), now.weights)
    power = np.square(first.norm)
    return np.divide(along, power, out=np.zeros_like(along), where=power > 0)


def chance_of(size: int) -> float:
    """Gives the share of filters of `size` × `size` that chance may orient by what it adds.

    docs/science.md measures less where noise was added, white or smooth, and over the trainings
    whose labels were random or whose pixels were shuffled. Smooth additions are what raises it:
    the metric's gate lets a twentieth of smooth noise pass, except at 3×3, where it hardly differs
    from white noise.
    """
    return _CHANCE_SMALL if size <= SMALL else _CHANCE


def likelihood(oriented: int, filters: int, chance: float) -> float:
    """Computes how likely chance is to orient `oriented` of a layer's filters, or more: the tail
    of a binomial distribution.

    >>> round(likelihood(1, 1, 0.02), 3), round(likelihood(0, 16, 0.02), 3)
    (0.02, 1.0)
    """
    fewer = (
        math.comb(filters, count) * chance**count * (1 - chance) ** (filters - count)
        for count in range(oriented)
    )
    return min(1.0, max(0.0, 1 - math.fsum(fewer)))
