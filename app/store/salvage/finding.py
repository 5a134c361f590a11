"""Collecting every row that is what was written, wherever in the file it lies.

Nothing that leads to a row is believed: not the list of tables, no inner page, no index. A row is
known by its columns and by its check value or hash.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from ...events import KINDS
from ..check_values import COVERED, LATER_OF_RUNS, check_value, value_of_run
from ..external_attempts import ToldAttempt
from ..external_runs import ExternalRun
from ..sweeps import KeptSweep
from .pages import Pages
from .records import CellPlace, Row, Value, rows_of

Key = tuple[int, int]  # a run's number and a seq

# As the schema has them; `source` follows from `described`, and those from `told` on are newer.
RUN_COLUMNS = (
    *(*COVERED["runs"][:3], "source", *COVERED["runs"][3:], "check_value"),
    *LATER_OF_RUNS,
)
_NEWER_RUN_COLUMNS = 2 + len(LATER_OF_RUNS)
_OLDEST_RUN_COLUMNS = len(RUN_COLUMNS) - _NEWER_RUN_COLUMNS
_REAL = {
    *("created_at", "started_at", "ended_at", "training_seconds", "loss", "accuracy"),
    *("validation_loss", "validation_accuracy", "score", "oriented"),
}
RunColumns = dict[str, Value]


@dataclass
class Found:
    """What is whole: columns of runs, who tells them, and where the rows of everything else lie."""

    runs: dict[int, RunColumns] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    events: dict[Key, CellPlace] = field(default_factory=dict)
    arrays: dict[Key, dict[str, CellPlace]] = field(default_factory=dict)
    thinned: dict[Key, dict[str, CellPlace]] = field(default_factory=dict)
    checks: dict[tuple[int, int, str], int] = field(default_factory=dict)
    external_runs: dict[str, ExternalRun] = field(default_factory=dict)
    external_attempts: dict[tuple[str, int], ToldAttempt] = field(default_factory=dict)
    sweeps: dict[str, KeptSweep] = field(default_factory=dict)
    beginnings: dict[int, CellPlace] = field(default_factory=dict)


def find(pages: Pages) -> Found:
    """Looks at every page that is in use."""
    found, free = Found(), pages.free()
    takers: tuple[Callable[[Found, Row], bool], ...] = (
        *(_take_event, _take_array, _take_check, _take_thinned, _take_run),
        *(_take_external_run, _take_external_attempt, _take_sweep, _take_beginning),
    )
    for page in range(1, pages.count + 1):
        if page in free:
            continue
        for row in rows_of(pages, page):
            any(take(found, row) for take in takers)
        for row in rows_of(pages, page, is_index=True):
            _take_id(found, row)
    return found


def _take_event(found: Found, row: Row) -> bool:
    match (*row.values, None, None)[:8]:
        case int(run), int(seq), str(kind), int(step), str(body), _, arrays, value if (
            kind in KINDS and len(row.values) in (6, 8)
        ):
            known = value is None or check_value(run, seq, kind, step, body, arrays) == value
            if known and _is_body(kind, body):
                found.events[run, seq] = row.place
            return True
    return False


def _take_array(found: Found, row: Row) -> bool:
    match row.values:
        case int(run), int(seq), str(name), int(), str(), bytes(data), bytes(sha256):
            if hashlib.sha256(data).digest() == sha256:
                found.arrays.setdefault((run, seq), {})[name] = row.place
            return True
    return False


def _take_thinned(found: Found, row: Row) -> bool:
    match row.values:
        case int(run), int(seq), str(name), str(), bytes():
            found.thinned.setdefault((run, seq), {})[name] = row.place
            return True
    return False


def _take_check(found: Found, row: Row) -> bool:
    match row.values:
        case int(run), int(seq), str(name), int(value):
            found.checks[run, seq, name] = value
            return True
    return False


def _take_run(found: Found, row: Row) -> bool:
    if not _OLDEST_RUN_COLUMNS <= len(row.values) <= len(RUN_COLUMNS):
        return False
    padded = (*row.values, *[None] * _NEWER_RUN_COLUMNS)[: len(RUN_COLUMNS)]
    columns = dict(zip(RUN_COLUMNS, padded, strict=True)) | {"number": row.number}
    for name in _REAL & columns.keys():
        if isinstance(value := columns[name], int):
            columns[name] = float(value)  # as SQLite gives it back
    value = columns["check_value"]
    covered = [columns[name] for name in (*COVERED["runs"], *LATER_OF_RUNS)]
    if value in (None, value_of_run(*covered)):
        found.runs[row.number] = columns
    return True


def _take_external_run(found: Found, row: Row) -> bool:
    match row.values:
        case str(key), str(run), int(attempt), str(client), int(following), int(step), told, int(
            value
        ):
            columns = (key, run, attempt, client, following, step, told)
            if check_value(*columns) == value:
                telling = None if told is None else str(told)
                found.external_runs[key] = ExternalRun(*columns[:-1], telling)
            return True
    return False


def _take_external_attempt(found: Found, row: Row) -> bool:
    match row.values:
        case str(key), int(attempt), str(client), int(first), int(step), int(recorded), int(value):
            if check_value(*row.values[:-1]) == value:
                told = ToldAttempt(key, attempt, client, first, step, bool(recorded))
                found.external_attempts[key, attempt] = told
            return True
    return False


def _take_sweep(found: Found, row: Row) -> bool:
    match row.values:
        case str(sweep), str(name), str(status), str(plan), float() | int() as created, int(value):
            columns = (sweep, name, status, plan, float(created))
            if check_value(*columns) == value:
                found.sweeps[sweep] = KeptSweep(*columns)
            return True
    return False


def _take_beginning(found: Found, row: Row) -> bool:
    match row.values:
        case None, bytes(data), bytes(sha256):
            if hashlib.sha256(data).digest() == sha256:
                found.beginnings[row.number] = row.place
            return True
    return False


def _take_id(found: Found, row: Row) -> None:
    match row.values:
        case int(number), str(run_id), int(same) if number == same:
            found.ids[number] = run_id


def _is_body(kind: str, body: str) -> bool:
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("kind") == kind
