"""A layer's filters as columns of a matrix: what all measures start from, worked out once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kernels = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Columns:
    """Filters side by side, float64, so that neither tiny weights nor small changes vanish.

    `weights` has shape (size² · channels, filters), with the channel running fastest down a
    column; `norm` (filters,) is ‖W‖; `unit` is `weights` with every column of norm 1, those of
    zeros aside. `shape` is the kernels', HWIO.
    """

    shape: tuple[int, int, int, int]
    weights: Floats
    norm: Floats
    unit: Floats

    def by_slice(self) -> Floats:
        """`unit` as (size², channels · filters), a view: single channels side by side."""
        size, _, channels, filters = self.shape
        return self.unit.reshape(size * size, channels * filters)


def columns_of(kernels: Kernels) -> Columns:
    """The columns of HWIO kernels (size, size, channels, filters)."""
    rows, columns, channels, filters = kernels.shape
    weights = kernels.reshape(rows * columns * channels, filters).astype(np.float64)
    norm = norms(weights)
    unit = weights / np.where(norm == 0, 1, norm)
    return Columns((rows, columns, channels, filters), weights, norm, unit)


def products(first: Floats, second: Floats) -> Floats:
    """⟨first, second⟩ column by column."""
    found: Floats = np.einsum("ij,ij->j", first, second)  # half the time of multiply and sum
    return found


def norms(columns: Floats) -> Floats:
    """‖column‖ for each."""
    norm: Floats = np.sqrt(products(columns, columns))
    return norm
