"""The two things measured on a filter: how well a template fits, how strict its direction is."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Floats, Kernels, products
from .templates import Bank, bank_of


@dataclass(frozen=True, slots=True)
class TemplateFit:
    """The best template of each family: its share of the filter, its place in the bank.

    `r2` is float64 (4, n) and `template` intp (4, n) for the n filters of all layers, one layer
    after another; `amplitude` is float32 (channels, 4, n), what each filter has of those templates.
    """

    r2: Floats
    template: NDArray[np.intp]
    amplitude: Kernels


def fit_templates(columns: Columns) -> TemplateFit:
    """Computes each family's explained share: R_f = max over its templates t of Σ_c ⟨W_c, t⟩² /
    ‖W‖².

    A template may have any colour: its amplitude in each channel is free. `columns` are those of
    kernels of 3×3 or more.
    """
    size, _, channels, filters = columns.shape
    bank = bank_of(size)
    slices = columns.by_slice().astype(np.float32).reshape(-1, size * size, channels * filters)
    # Layer by layer, for the amplitudes of one fill most of a processor's cache.
    fits = [_best((layer.T @ bank.matrix).reshape(channels, filters, -1), bank) for layer in slices]
    energy, template, amplitude = (np.concatenate(parts, -1) for parts in zip(*fits, strict=True))
    return TemplateFit(np.minimum(energy, 1, dtype=np.float64), template, amplitude)


def _best(amplitude: Kernels, bank: Bank) -> tuple[Kernels, NDArray[np.intp], Kernels]:
    """Returns energy, place and amplitude of each family's best template in one layer's filters."""
    energy = np.square(amplitude[0])
    for channel in amplitude[1:]:
        energy += np.square(channel)
    template = np.empty((len(bank.bounds) - 1, len(energy)), np.intp)
    for best, (start, stop) in zip(template, pairwise(bank.bounds), strict=True):
        np.add(energy[:, start:stop].argmax(axis=1), start, out=best)
    each = np.arange(len(energy))
    return energy[each, template], template, amplitude[:, each, template]


def structure(columns: Columns) -> tuple[Floats, Floats]:
    """Computes coherence and direction of the gradient, by the structure tensor of all 2×2 blocks.

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
        the columns' direction towards the rows' (rows grow downwards); both float64 (n,) for the
        n filters of all layers, one layer after another.
    """
    pixels = columns.unit.reshape(-1, *columns.shape)
    as_columns = (len(pixels), -1, columns.shape[3])
    falling = (pixels[:, 1:, 1:] - pixels[:, :-1, :-1]).reshape(as_columns)
    rising = (pixels[:, :-1, 1:] - pixels[:, 1:, :-1]).reshape(as_columns)
    pairs = ((falling, falling), (rising, rising), (falling, rising))
    ff, rr, fr = (products(*pair).ravel() for pair in pairs)
    difference, cross, total = fr + fr, ff - rr, ff + rr  # halves of the equation's
    total[total == 0] = 1
    coherence: Floats = np.minimum(np.hypot(difference, cross) / total, 1)
    angle: Floats = np.arctan2(cross, difference) / 2
    return coherence, angle
