"""The two things measured on a filter: how well a template fits, how strict its direction is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.templates import bank_of

Floats = NDArray[np.float64]
Kernels = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TemplateFit:
    """The best template of each family: its share of the filter, its place in the bank.

    `r2` is float64 (filters, 4), `template` intp (filters, 4), `amplitude` float32
    (filters, 4, channels): the best templates' weight in each channel.
    """

    r2: Floats
    template: NDArray[np.intp]
    amplitude: NDArray[np.float32]


def normalise(kernels: Kernels) -> Kernels:
    """Each filter divided by its largest |weight|, float32 HWIO; filters of zeros stay.

    Both measures ignore scale; this keeps the squares of tiny weights from vanishing.
    """
    largest = np.abs(kernels).max(axis=(0, 1, 2)).astype(np.float64)
    largest[largest == 0] = 1
    scaled: Kernels = (kernels / largest).astype(np.float32)
    return scaled


def fit_templates(kernels: Kernels) -> TemplateFit:
    """Explained share of each family: R_f = max over its templates t of Σ_c ⟨W_c, t⟩² / ‖W‖².

    A template may have any colour: its amplitude in each channel is free.

    Args:
        kernels: normalised HWIO float32 (size, size, channels, filters), size ≥ 3.
    """
    size, _, channels, filters = kernels.shape
    bank = bank_of(size)
    slices = np.ascontiguousarray(kernels.transpose(3, 2, 0, 1)).reshape(-1, size * size)
    amplitude = (slices @ bank.matrix).reshape(filters, channels, -1)
    energy = amplitude[:, 0] ** 2
    for channel in range(1, channels):
        energy += amplitude[:, channel] ** 2
    families = zip(bank.bounds, bank.bounds[1:], strict=False)
    template = np.stack([energy[:, a:b].argmax(axis=1) + a for a, b in families], axis=1)
    total = np.square(slices, dtype=np.float64).reshape(filters, -1).sum(axis=1, keepdims=True)
    total[total == 0] = 1
    rows = np.arange(filters)[:, None]
    return TemplateFit(
        r2=np.minimum(energy[rows, template] / total, 1),
        template=template,
        amplitude=amplitude[rows, :, template],
    )


def structure(kernels: Kernels) -> tuple[Floats, Floats]:
    """Coherence and direction of the gradient, by the structure tensor of all 2×2 blocks.

    With g_x = b − a + d − c and g_y = c − a + d − b on the block [a b; c d] and J their summed
    products over blocks and channels,
    coherence = √((J_xx − J_yy)² + 4J_xy²) / (J_xx + J_yy), and
    angle = ½·atan2(2J_xy, J_xx − J_yy). Bigün and Granlund 1987.

    Args:
        kernels: HWIO float32 (size, size, channels, filters), size ≥ 2.

    Returns:
        Coherence in [0, 1], 0 where nothing changes, and the gradient's angle in radians from
        the columns' direction towards the rows' (rows grow downwards); both float64 (filters,).
    """
    wide = kernels.astype(np.float64)
    falling = wide[1:, 1:] - wide[:-1, :-1]
    rising = wide[:-1, 1:] - wide[1:, :-1]
    gx, gy = falling + rising, falling - rising
    xx, yy, xy = ((a * b).sum(axis=(0, 1, 2)) for a, b in ((gx, gx), (gy, gy), (gx, gy)))
    total = xx + yy
    total[total == 0] = 1
    coherence: Floats = np.hypot(xx - yy, 2 * xy) / total
    angle: Floats = np.arctan2(2 * xy, xx - yy) / 2
    return coherence, angle
