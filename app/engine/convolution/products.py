"""Matrix products in pieces small enough that OpenBLAS multiplies them where they lie.

Beyond rows·depth·columns of a million it first copies both sides into an order of its own, which
thin matrices don't repay. On an OpenBLAS or a processor without such small kernels pieces cost
next to nothing.
"""

from functools import lru_cache

import numpy as np

from ..arrays import Array

_UNPACKED = 1_000_000
# Sums over fewer rows cost more to add up than they save.
_SHORTEST_SUM = 32


def multiply_rows(left: Array, right: Array, out: Array) -> None:
    """Compute out = left·right, some rows of left at a time; left and out are long."""
    (rows, depth), columns = left.shape, right.shape[1]
    piece = _piece(rows, _UNPACKED // (depth * columns))
    np.matmul(left.reshape(-1, piece, depth), right, out=out.reshape(-1, piece, columns))


def multiply_columns(left: Array, right: Array, out: Array) -> None:
    """Compute out = left·right, some columns of right at a time; right and out are wide.

    Fastest where left is in Fortran's order.
    """
    (rows, depth), columns = left.shape, right.shape[1]
    piece = _piece(columns, _UNPACKED // (rows * depth))
    np.matmul(
        left,
        right.reshape(depth, -1, piece).swapaxes(0, 1),
        out=out.reshape(rows, -1, piece).swapaxes(0, 1),
    )


def multiply_and_add_up(left: Array, right: Array, out: Array) -> None:
    """Compute out = leftᵀ·right, both long: the sum of what some rows at a time contribute."""
    (rows, depth), columns = left.shape, right.shape[1]
    piece = _piece(rows, _UNPACKED // (depth * columns))
    if piece < _SHORTEST_SUM:
        piece = rows
    products = left.reshape(-1, piece, depth).swapaxes(1, 2) @ right.reshape(-1, piece, columns)
    np.add.reduce(products, axis=0, out=out)


@lru_cache(maxsize=256)
def _piece(length: int, most: int) -> int:
    """Find the largest divisor of a length that is at most so much; all of it if that is too
    small.
    """
    fitting = max((size for size in range(1, most + 1) if length % size == 0), default=length)
    return fitting if 8 * fitting >= most else length
