"""Snapshots: which there are, one in full, or one layer's film."""

import json
from typing import Any, NamedTuple

import apsw

from ..events import StoredArray
from ..vocabulary.layers.naming import kernel_name
from .log import checked_array


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


_SNAPSHOTS = (
    "FROM events e JOIN runs r ON r.number = e.run WHERE r.id = :run_id AND e.kind = 'snapshot' "
    "AND NOT EXISTS (SELECT 1 FROM thinned t WHERE t.run = e.run AND t.seq = e.seq)"
)


def steps(connection: apsw.Connection, run_id: str) -> list[int]:
    """Returns the steps of which there are snapshots, in order."""
    sql = f"SELECT DISTINCT e.step {_SNAPSHOTS} ORDER BY e.step"
    return [step for (step,) in connection.execute(sql, {"run_id": run_id})]


def at(connection: apsw.Connection, run_id: str, step: int) -> StoredSnapshot | None:
    """Returns the snapshot taken after `step` updates, if it is there."""
    sql = f"SELECT e.run, e.seq, e.body {_SNAPSHOTS} AND e.step = :step ORDER BY e.seq DESC LIMIT 1"
    found = connection.execute(sql, {"run_id": run_id, "step": step}).get
    if found is None:
        return None
    run, seq, body = found
    rows = connection.execute(
        "SELECT name, shape, data, sha256 FROM arrays WHERE run = ? AND seq = ? ORDER BY rowid",
        (run, seq),
    )
    arrays = [checked_array(*row) for row in rows]
    return StoredSnapshot(step, json.loads(body), {array.name: array for array in arrays})


def first_array(connection: apsw.Connection, run_id: str, name: str) -> StoredArray | None:
    """Returns an array of the first snapshot that holds one of that name."""
    row: Any = connection.execute(
        "SELECT a.name, a.shape, a.data, a.sha256 FROM arrays a JOIN runs r ON r.number = a.run "
        "WHERE r.id = ? AND a.name = ? ORDER BY a.seq LIMIT 1",
        (run_id, name),
    ).get
    return None if row is None else checked_array(*row)


def film(connection: apsw.Connection, run_id: str, layer: str, limit_bytes: int) -> list[Frame]:
    """Gives the frames of a layer in order; evenly thinned, first and last kept, if beyond the
    limit.
    """
    return [
        _frame(connection, layer, *place)
        for place in _chosen(connection, run_id, layer, limit_bytes)
    ]


def heads(
    connection: apsw.Connection, run_id: str, layer: str, limit_bytes: int
) -> list[FrameHead]:
    """Gives what `film` does, but reads no kernel."""
    found = []
    for run, seq in _chosen(connection, run_id, layer, limit_bytes):
        sql = "SELECT step, body FROM events WHERE run = ? AND seq = ?"
        row: Any = connection.execute(sql, (run, seq)).get
        found.append(FrameHead(seq, row[0], _of_layer(row[1], layer)))
    return found


def array_at(connection: apsw.Connection, run_id: str, seq: int, name: str) -> StoredArray | None:
    """Returns an array of one event, if it is there."""
    row: Any = connection.execute(
        "SELECT a.name, a.shape, a.data, a.sha256 FROM arrays a JOIN runs r ON r.number = a.run "
        "WHERE r.id = ? AND a.seq = ? AND a.name = ?",
        (run_id, seq, name),
    ).get
    return None if row is None else checked_array(*row)


def _chosen(
    connection: apsw.Connection, run_id: str, layer: str, limit_bytes: int
) -> list[tuple[int, int]]:
    """Returns run number and seq of the frames of a layer's film."""
    sql = (
        "SELECT a.run, a.seq, length(a.data) FROM arrays a JOIN runs r ON r.number = a.run "
        "WHERE r.id = ? AND a.name = ? ORDER BY a.seq"
    )
    there = list(connection.execute(sql, (run_id, kernel_name(layer))))
    if not there:
        return []
    at_most = max(2, limit_bytes // max(1, there[0][2]))
    return thinned([(run, seq) for run, seq, _ in there], at_most)


def thinned(items: list[Any], at_most: int) -> list[Any]:
    """Keeps at most `at_most` (two or more) of the items, evenly spread, with the first and the
    last.
    """
    if len(items) <= at_most:
        return items
    last, spaces = len(items) - 1, at_most - 1
    return [items[index * last // spaces] for index in range(at_most)]


def _frame(connection: apsw.Connection, layer: str, run: int, seq: int) -> Frame:
    row: Any = connection.execute(
        "SELECT e.step, e.body, a.name, a.shape, a.data, a.sha256 "
        "FROM arrays a JOIN events e ON e.run = a.run AND e.seq = a.seq "
        "WHERE a.run = ? AND a.seq = ? AND a.name = ?",
        (run, seq, kernel_name(layer)),
    ).get
    step, text, *array = row
    return Frame(step, _of_layer(text, layer), checked_array(*array))


def _of_layer(text: str, layer: str) -> dict[str, Any] | None:
    """Returns an event's body where it is about that layer."""
    body: dict[str, Any] = json.loads(text)
    return body if body["layer"] == layer else None
