"""Says of a file of weights what the edge metric and plain counting say of its layers.

for told in layers_told(read_bounded(path), cache_folder): ...
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis import filters_of, may_judge
from ..external.registration import RegisteredLayer
from ..reading.contents import Contents, FoundLayer, WeightsUnreadable
from ..reading.files import Layout
from ..telling.filter_history import FilterHistory
from ..telling.health import begun, health_of
from .limits import bounded_memory, bounded_time
from .unreadable import said, weights_in


@dataclass(frozen=True)
class ToldLayer:
    """What is said of one layer that has a kernel.

    Attributes:
        described: its title, kind, shape, groups, …
        sha256: of its kernel, float32 little-endian in the shape that is described; None where it
            can't be read.
        health: as `app.telling.health.health_of` has it; None where it can't be read.
        verdicts: as `app.verdicts` has them; None where the edge metric may not speak of it, or a
            weight is NaN or infinite.
        problem: why it can't be read; None if it can.
    """

    described: RegisteredLayer
    sha256: str | None = None
    health: dict[str, Any] | None = None
    verdicts: dict[str, Any] | None = None
    problem: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Returns it as `--describe` prints it."""
        verdicts = self.verdicts or {}
        return {
            "title": self.described.title,
            "kind": self.described.kind,
            "shape": list(self.described.shape or ()),
            "sha256": self.sha256,
            "judgeable": self.verdicts is not None,
            "score": verdicts.get("layer_score"),
            "oriented": verdicts.get("oriented"),
            "labels": verdicts.get("counts"),
        }


def read_bounded(path: Path, layout: Layout | None = None) -> Contents:
    """Reads what a file holds, in bounded time and memory, all but the kernels.

    Raises:
        WeightsUnreadable: it can't be read, with the reason.
    """
    with bounded_memory(), bounded_time():
        return said(lambda: weights_in(path, layout))


def layers_told(
    contents: Contents, cache_folder: Path, before: Sequence[FoundLayer | None] = ()
) -> Iterator[ToldLayer]:
    """Tells of each layer with a kernel, in the network's order, one in memory at a time.

    Args:
        cache_folder: where the null tables of the edge metric are kept.
        before: the same layers in an earlier state, against which they have changed; None where
            there is none.
    """
    with_kernels = [layer for layer in contents.layers if layer.described.shape is not None]
    for layer, earlier in zip_longest(with_kernels, before[: len(with_kernels)]):
        yield _told(layer, earlier, cache_folder)


def description(path: Path, layout: Layout | None, cache_folder: Path) -> dict[str, Any]:
    """Describes a file as JSON has it.

    Raises:
        WeightsUnreadable: it can't be read, with the reason.
    """
    contents = read_bounded(path, layout)
    layers = list(layers_told(contents, cache_folder))
    unread = [
        f"{told.described.title} can't be read: {told.problem}" for told in layers if told.problem
    ]
    return {
        "format": contents.format,
        "framework": contents.framework,
        "step": contents.step,
        "layers": [told.as_json() for told in layers],
        "notes": [*contents.notes, *unread],
    }


def _told(layer: FoundLayer, earlier: FoundLayer | None, cache_folder: Path) -> ToldLayer:
    described = layer.described
    try:
        kernel = _kernel(layer)
        first = None if earlier is None else _kernel(earlier)
    except WeightsUnreadable as why:
        return ToldLayer(described, problem=str(why))
    digest = hashlib.sha256(kernel.tobytes()).hexdigest()
    filters = filters_of(described.kind, kernel)
    start = None if first is None else filters_of(described.kind, first)
    health = health_of(described.title, filters, begun(filters if start is None else start), start)
    verdicts = None
    if health["is_finite"] and may_judge(described.kind, kernel.shape, described.groups):
        [verdicts] = FilterHistory(filters, cache_folder).verdicts([0], [filters])
    return ToldLayer(described, digest, health, verdicts)


def _kernel(layer: FoundLayer) -> NDArray[np.float32]:
    with bounded_memory(), bounded_time():
        kernel = said(lambda: np.ascontiguousarray(layer.kernel(), "<f4"))
    if kernel.shape != layer.shape:
        raise WeightsUnreadable(f"its weights have the shape {kernel.shape}, not {layer.shape}")
    return kernel
