"""Whether the filters of a recorded snapshot are healthy."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis import filters_of, may_judge
from ..checking.report import report_of
from ..checking.rules import Limits, Measured, checks_of
from ..external.described import DescribedLayer
from ..store import Reading, reading_beside
from ..store.snapshots import StoredSnapshot
from ..telling.filter_history import FilterHistory
from ..telling.health import begun, health_of
from ..vocabulary.layers.naming import kernel_name
from .refused import Missing
from .subject import Subject

Weights = NDArray[np.float32]


def checked(subject: Subject, first: Subject | None, limits: Limits) -> dict[str, Any]:
    """Returns the report on a snapshot as JSON has it.

    Args:
        first: the snapshot against which it is measured how far each layer has come.

    Raises:
        Missing: a snapshot was deleted meanwhile.
    """
    reading = reading_beside(subject.database)
    run = reading.run(subject.run_id)
    if run is None:
        raise Missing("This run was deleted meanwhile", "run_unknown")
    now = _snapshot(reading, subject)
    before = None if first is None else _snapshot(reading, first)
    measured, notes = [], []
    for layer in run.described.layers:
        if layer.shape is None and not layer.has_filters:
            continue
        kernel = _kernel(now, layer.name)
        if kernel is None:
            notes.append(f"{layer.title} isn't checked: its weights at this step aren't recorded.")
            continue
        start = None if before is None else _kernel(before, layer.name)
        measured.append(_measured(layer, kernel, start, subject))
    name = f"{run.described.name}, step {subject.step}"
    return report_of(name, checks_of(measured, limits), notes).model_dump()


def _measured(
    layer: DescribedLayer, kernel: Weights, start: Weights | None, subject: Subject
) -> Measured:
    unmeasured = None
    if start is not None and (start.shape != kernel.shape or not np.isfinite(start).all()):
        start, unmeasured = None, f"What it is held against is no other state of {layer.title}"
    filters = filters_of(layer.kind, kernel)
    first = None if start is None else filters_of(layer.kind, start)
    beginning = begun(filters if first is None else first)
    health = health_of(layer.name, filters, beginning, first)
    verdicts = None
    if health["is_finite"] and may_judge(layer.kind, kernel.shape, layer.groups):
        begins = filters if first is None else first
        [verdicts] = FilterHistory(begins, subject.cache_folder).verdicts([0], [filters])
    return Measured(layer.title, layer.kind, kernel.shape, health, verdicts, unmeasured=unmeasured)


def _kernel(snapshot: StoredSnapshot, layer: str) -> Weights | None:
    stored = snapshot.arrays.get(kernel_name(layer))
    return None if stored is None else np.frombuffer(stored.data, "<f4").reshape(stored.shape)


def _snapshot(reading: Reading, subject: Subject) -> StoredSnapshot:
    snapshot = reading.snapshot(subject.run_id, subject.step)
    if snapshot is None:
        raise Missing("This snapshot was deleted meanwhile", "no_snapshot")
    return snapshot
