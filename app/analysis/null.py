"""What chance alone does: the figures of kernels that never learned anything.

Every claim about a filter is a comparison with these. They hold for one kernel size and number of
input channels; the usual ones are shipped, others are computed once and kept.
"""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .blur import draw_blurred
from .columns import columns_of
from .files import read_json, write_json
from .measures import fit_templates, structure

SHIPPED: Final = Path(__file__).with_name("null_tables.json")
KERNELS: Final = 3_000
_SEED = 20_011
_AT_ONCE = 100
_BLUR = 0.16
_FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Null:
    """Quantiles over random kernels, uniform on (−1, 1), of one size and channel count.

    `thresholds` are the 99 % quantiles of the explained shares (edge, line, blob, flat);
    `median_oriented_r2` is the median of the larger of edge and line, `median_coherence` that of
    coherence. `coherence_gate` is the larger of its 95 % quantiles on white and on blurred noise:
    smooth noise fits templates well, but keeps no direction.
    """

    thresholds: tuple[float, float, float, float]
    median_oriented_r2: float
    median_coherence: float
    coherence_gate: float

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Null":
        """Reads the fields by name; KeyError, TypeError or ValueError if they don't fit."""
        edge, line, blob, flat = map(float, values["thresholds"])
        return cls(
            (edge, line, blob, flat),
            float(values["median_oriented_r2"]),
            float(values["median_coherence"]),
            float(values["coherence_gate"]),
        )


def null_of(size: int, channels: int, cache_folder: Path | None = None) -> Null:
    """Returns the null for kernels of `size` × `size` with `channels` input channels.

    Taken from memory, the shipped tables or `cache_folder`; where it is in none of them it is
    computed and kept.

    Raises:
        ValueError: `size` is below 3 or `channels` below 1.
    """
    if size < 3 or channels < 1:
        raise ValueError(
            f"no null for {size}×{size} kernels of {channels} channels: the size must be at least "
            "3, the channels at least 1"
        )
    return _remembered(size, channels, cache_folder)


@lru_cache(maxsize=128)
def _remembered(size: int, channels: int, cache_folder: Path | None) -> Null:
    shipped = _shipped().get(f"{size}x{size}x{channels}")
    if shipped is not None:
        return shipped
    if cache_folder is None:
        return compute_null(size, channels)
    path = cache_folder / f"null-{size}x{size}x{channels}-v{_FORMAT_VERSION}.json"
    try:
        return Null.from_dict(read_json(path))
    except (OSError, ValueError, KeyError, TypeError):
        null = compute_null(size, channels)
        write_json(path, asdict(null))
        return null


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Null]:
    tables = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return {shape: Null.from_dict(values) for shape, values in tables.items()}


def compute_null(size: int, channels: int) -> Null:
    """Computes the figures of 3,000 white and 3,000 blurred kernels from a generator of fixed
    seed.
    """
    generator = np.random.default_rng((_SEED, size, channels))
    r2, coherence, blurred = [], [], []
    for _ in range(KERNELS // _AT_ONCE):
        shape = (size, size, channels, _AT_ONCE)
        white = columns_of(generator.uniform(-1, 1, shape).astype(np.float32))
        smooth = columns_of(draw_blurred(shape, _BLUR * size, generator))
        r2.append(fit_templates(white).r2)
        coherence.append(structure(white)[0])
        blurred.append(structure(smooth)[0])
    return _summarise(*(np.concatenate(parts, axis=-1) for parts in (r2, coherence, blurred)))


def _summarise(
    r2: NDArray[np.float64], coherence: NDArray[np.float64], blurred: NDArray[np.float64]
) -> Null:
    edge, line, blob, flat = np.quantile(r2, 0.99, axis=1).tolist()
    return Null(
        thresholds=(edge, line, blob, flat),
        median_oriented_r2=float(np.median(r2[:2].max(axis=0))),
        median_coherence=float(np.median(coherence)),
        coherence_gate=float(max(np.quantile(coherence, 0.95), np.quantile(blurred, 0.95))),
    )
