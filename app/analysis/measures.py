"""The two things measured on a filter: how well a template fits, how strict its direction is."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.analysis.columns import Columns, Floats, Kernels, products
from app.analysis.templates import bank_of


@dataclass(frozen=True, slots=True)
class TemplateFit:
    """The best template of each family: its share of the filter, its place in the bank.

    `r2` is float64 (4, filters) and `template` intp (4, filters); `amplitude` is float32
    (channels, filters, templates), what each filter has of every template.
    """

    r2: Floats
    template: NDArray[np.intp]
    amplitude: Kernels


def fit_templates(columns: Columns) -> TemplateFit:
    """Explained share of each family: R_f = max over its templates t of Σ_c ⟨W_c, t⟩² / ‖W‖².

    A template may have any colour: its amplitude in each channel is free. `columns` are those of
    kernels of 3×3 or more.
    """
    size, _, channels, filters = columns.shape
    bank = bank_of(size)
    slices = columns.by_slice().astype(np.float32)
    amplitude = (slices.T @ bank.matrix).reshape(channels, filters, -1)
    energy = np.square(amplitude[0])
    for channel in amplitude[1:]:
        energy += np.square(channel)
    bounds = bank.bounds
    template = np.empty((len(bounds) - 1, filters), np.intp)
    for best, (start, stop) in zip(template, pairwise(bounds), strict=True):
        np.add(energy[:, start:stop].argmax(axis=1), start, out=best)
    r2 = np.minimum(energy[np.arange(filters), template], 1, dtype=np.float64)
    return TemplateFit(r2, template, amplitude)


def structure(columns: Columns) -> tuple[Floats, Floats]:
    """Coherence and direction of the gradient, by the structure tensor of all 2×2 blocks.

    With g_x = b − a + d − c and g_y = c − a + d − b on the block [a b; c d] and J their summed
    products over blocks and channels,
    coherence = √((J_xx − J_yy)² + 4J_xy²) / (J_xx + J_yy), and
    angle = ½·atan2(2J_xy, J_xx − J_yy). Bigün and Granlund 1987.

    The diagonals f = d − a and r = b − c carry the same: g_x = f + r and g_y = f − r, so
    J_xx − J_yy = 4 Σfr, J_xy = Σf² − Σr² and J_xx + J_yy = 2 (Σf² + Σr²).

    Args:
        columns: of kernels of 2×2 or more.

    Returns:
        Coherence in [0, 1], 0 where nothing changes, and the gradient's angle in radians from
        the columns' direction towards the rows' (rows grow downwards); both float64 (filters,).
    """
    filters = columns.shape[3]
    pixels = columns.unit.reshape(columns.shape)
    falling = (pixels[1:, 1:] - pixels[:-1, :-1]).reshape(-1, filters)
    rising = (pixels[:-1, 1:] - pixels[1:, :-1]).reshape(-1, filters)
    ff, rr, fr = products(falling, falling), products(rising, rising), products(falling, rising)
    difference, cross, total = fr + fr, ff - rr, ff + rr  # halves of the equation's
    total[total == 0] = 1
    coherence: Floats = np.minimum(np.hypot(difference, cross) / total, 1)
    angle: Floats = np.arctan2(cross, difference) / 2
    return coherence, angle
