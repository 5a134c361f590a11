"""Snapshots: which there are, one in full, or one layer's film."""

import json
import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import apsw

from ..events import StoredArray
from ..vocabulary.layers.naming import kernel_name
from . import rows
from .recorded_run import RecordedRun, recorded_run


class StoredSnapshot(NamedTuple):
    """A snapshot event's body and all arrays that belong to it."""

    step: int
    body: dict[str, Any]
    arrays: dict[str, StoredArray]


class FrameHead(NamedTuple):
    """A frame of a film whose kernel wasn't read; `body` as in `Frame`, `seq` is its event's."""

    seq: int
    step: int
    body: dict[str, Any] | None


class Frame(NamedTuple):
    """One frame of a film: `body` is None where the film's layer isn't the judged one."""

    step: int
    body: dict[str, Any] | None
    kernel: StoredArray


def steps(connection: apsw.Connection, run_id: str, layer: str | None = None) -> list[int]:
    """Returns the steps of which there are snapshots, in order; of `layer`, if said."""
    run = recorded_run(connection, run_id)
    if run is None:
        return []
    kept = _kept(connection, run)
    return sorted({row.step for row in (_holding(connection, run, kept, layer) if layer else kept)})


def is_listed(connection: apsw.Connection, run_number: int, layer: str, step: int) -> bool:
    """Tells whether a kernel of `layer` after `step` updates is listed.

    It compares nothing with what was recorded; whoever reads the snapshot does.
    """
    sql = "SELECT 1 FROM arrays INDEXED BY arrays_by_step WHERE run = ? AND name = ? AND step = ?"
    named = (run_number, kernel_name(layer), step)
    return connection.execute(sql, named).get is not None


def at(connection: apsw.Connection, run_id: str, step: int) -> StoredSnapshot | None:
    """Returns the snapshot taken after `step` updates, if it is there."""
    run = recorded_run(connection, run_id)
    there = [] if run is None else [row for row in _kept(connection, run) if row.step == step]
    if run is None or not there:
        return None
    arrays = rows.stored_arrays(connection, run, there[-1].seq)
    if there[-1].arrays not in (None, len(arrays)):
        raise run.damaged(f"the list of arrays of event {there[-1].seq}")
    body = json.loads(there[-1].body)
    return StoredSnapshot(step, body, {array.name: array for array in arrays})


def first_array(connection: apsw.Connection, run_id: str, name: str) -> StoredArray | None:
    """Returns an array of the first snapshot that holds one of that name."""
    run = recorded_run(connection, run_id)
    for row in [] if run is None else _kept(connection, run):
        if run and (found := _array(connection, run, row, name)):
            return found
    return None


def frame_until(
    connection: apsw.Connection, run_id: str, layer: str, step: int | None
) -> Frame | None:
    """Returns the last frame of a layer at or before `step`, or of all; reads no other."""
    run = recorded_run(connection, run_id)
    if run is None:
        return None
    sql = (
        "SELECT seq FROM arrays INDEXED BY arrays_by_step WHERE run = ? AND name = ? AND step <= ? "
        "ORDER BY step DESC, seq DESC LIMIT 1"
    )
    latest = math.inf if step is None else step
    seq = connection.execute(sql, (run.number, kernel_name(layer), latest)).get
    row = None if seq is None else next(rows.events_after(connection, run, seq - 1), None)
    return row and _frame(connection, run, row, layer)


def film(connection: apsw.Connection, run_id: str, layer: str, limit_bytes: int) -> list[Frame]:
    """Gives the frames of a layer in order; evenly thinned, first and last kept, if beyond the
    limit.
    """
    run = recorded_run(connection, run_id)
    chosen = [] if run is None else _chosen(connection, run, layer, limit_bytes)
    return [_frame(connection, run, row, layer) for row in chosen if run]


def heads(
    connection: apsw.Connection, run_id: str, layer: str, limit_bytes: int
) -> list[FrameHead]:
    """Gives what `film` does, but reads no kernel but the first."""
    run = recorded_run(connection, run_id)
    chosen = [] if run is None else _chosen(connection, run, layer, limit_bytes)
    return [FrameHead(row.seq, row.step, _of_layer(row.body, layer)) for row in chosen]


def array_at(connection: apsw.Connection, run_id: str, seq: int, name: str) -> StoredArray | None:
    """Returns an array of one event, if it is there."""
    run = recorded_run(connection, run_id)
    found = [] if run is None else rows.stored_arrays(connection, run, seq, name)
    return found[0] if found else None


def _holding(
    connection: apsw.Connection, run: RecordedRun, kept: Iterable[rows.EventRow], layer: str
) -> list[rows.EventRow]:
    """Returns those of some snapshots that hold a layer's kernel."""
    name = kernel_name(layer)
    sql = "SELECT seq FROM arrays WHERE run = ? AND name = ?"
    listed = {seq for (seq,) in connection.execute(sql, (run.number, name))}
    return [row for row in kept if row.seq in listed or _array(connection, run, row, name)]


def _chosen(
    connection: apsw.Connection, run: RecordedRun, layer: str, limit_bytes: int
) -> list[rows.EventRow]:
    """Returns the snapshots of which a layer's film is made."""
    there = _holding(connection, run, _kept(connection, run), layer)
    if not there:
        return []
    first = _frame(connection, run, there[0], layer)
    at_most = max(2, limit_bytes // max(1, len(first.kernel.data)))
    return thinned(there, at_most)


def thinned(items: list[Any], at_most: int) -> list[Any]:
    """Keeps at most `at_most` (two or more) of the items, evenly spread, with the first and the
    last.
    """
    if len(items) <= at_most:
        return items
    last, spaces = len(items) - 1, at_most - 1
    return [items[index * last // spaces] for index in range(at_most)]


def _kept(connection: apsw.Connection, run: RecordedRun) -> list[rows.EventRow]:
    """Returns the snapshots that have their weights, in order.

    Raises:
        DataDamaged: one isn't what was recorded, or is missing, or some of its arrays are.
    """
    there, gone = _counted(connection, run, "arrays"), _counted(connection, run, "thinned")
    kept = []
    for row in rows.events_of_kind(connection, run, "snapshot"):
        counts = there.get(row.seq, 0), gone.get(row.seq, 0)
        if row.arrays is not None and counts not in ((row.arrays, 0), (0, row.arrays)):
            raise run.damaged(f"the list of arrays of event {row.seq}")
        if not counts[1]:
            kept.append(row)
    return kept


def _counted(connection: apsw.Connection, run: RecordedRun, table: str) -> dict[int, int]:
    sql = f"SELECT seq, count(*) FROM {table} WHERE run = ? GROUP BY seq"
    counted: Any = connection.execute(sql, (run.number,)).fetchall()
    return dict(counted)


def _array(
    connection: apsw.Connection, run: RecordedRun, row: rows.EventRow, name: str
) -> StoredArray | None:
    """Returns an array of a snapshot; None if it was taken without one of that name."""
    found = rows.stored_arrays(connection, run, row.seq, name)
    if not found:
        rows.is_thinned(connection, run, row)  # compares what there is with what there must be
    return found[0] if found else None


def _frame(connection: apsw.Connection, run: RecordedRun, row: rows.EventRow, layer: str) -> Frame:
    kernel = _array(connection, run, row, kernel_name(layer))
    if kernel is None:
        raise run.damaged(f"the list of arrays of event {row.seq}")
    return Frame(row.step, _of_layer(row.body, layer), kernel)


def _of_layer(text: str, layer: str) -> dict[str, Any] | None:
    """Returns an event's body where it is about that layer."""
    body: dict[str, Any] = json.loads(text)
    return body if body["layer"] == layer else None
