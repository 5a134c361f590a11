"""The catalogue: one row a run, with what its events so far amount to."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

import apsw

from ..events import Status
from ..external.described import Described
from .annotations import Annotations
from .check_values import COVERED, value_in_sql
from .damage import DAMAGE
from .errors import DataDamaged, RunUnknown
from .recorded_run import COLUMNS, is_whole, row_of

_LONGEST_KEPT = 65_536  # characters: some 300 layers
_MOST_KEPT = 32
_COVERED = len(COVERED["runs"])  # the last of them is `told`, which nobody asks of a run
_MOST_ROWS_KEPT = 256  # some pages of a list, of about ten kilobytes a run
_CHECK = f"UPDATE runs SET check_value = {value_in_sql('runs')}"


class NewRun(NamedTuple):
    """A run that was asked for, or one that begins elsewhere.

    Attributes:
        recipe: how a worker trains it, as JSON; None where that is none of ours.
        total_steps: None where its end is open.
        sweep: the id of the sweep that it is one of, if it is.
        place: its number among the runs of that sweep.
        keep: "ends" where only its first and newest weights are kept.
    """

    id: str
    described: Described
    preset: str | None = None
    recipe: str | None = None
    total_steps: int | None = None
    sweep: str | None = None
    place: int | None = None
    keep: str | None = None


class RunRow(NamedTuple):
    """A run as it stands. Times are seconds since 1970; what isn't known yet is None.

    Attributes:
        version: as long as this process lives, the same if and only if all of the row is.
    """

    number: int
    id: str
    described: Described
    preset: str | None
    recipe: str | None
    total_steps: int | None
    created_at: float
    started_at: float | None
    ended_at: float | None
    training_seconds: float
    status: Status
    step: int
    last_seq: int
    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    score: float | None
    oriented: float | None
    label_counts: dict[str, int] | None
    error: dict[str, str] | None
    annotations: Annotations
    sweep: str | None
    place: int | None
    keep: str | None
    version: int

    @property
    def is_waiting_in_sweep(self) -> bool:
        """Whether it is one of a sweep and nothing of it has begun."""
        return self.sweep is not None and self.status == "queued" and self.last_seq == 0

    @property
    def name(self) -> str:
        """What people call it."""
        return self.described.name

    @property
    def layers(self) -> list[str]:
        """Names of its conv layers; the first one's filters are judged and streamed."""
        return list(self.described.conv_layers)


def insert(connection: apsw.Connection, run: NewRun, created_at: float) -> None:
    """Adds a queued run."""
    described = run.described.as_kept()
    row = {**run._asdict(), "described": described, "created_at": created_at, "told": "{}"}
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO runs ({', '.join(row)}) VALUES ({marks})", row)
    connection.execute(f"{_CHECK} WHERE id = ?", (run.id,))


def update(connection: apsw.Connection, number: int, columns: dict[str, Any]) -> None:
    """Changes columns of a run that was compared with its check value before."""
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    sql = f"UPDATE runs SET {assignments} WHERE number = :number"
    connection.execute(sql, {**columns, "number": number})
    sql = f"{_CHECK} WHERE number = ? AND NOT EXISTS (SELECT 1 FROM unchecked_runs WHERE run = ?)"
    connection.execute(sql, (number, number))


def annotate(connection: apsw.Connection, run_id: str, changes: dict[str, Any]) -> None:
    """Keeps what people say of a run; None of a field takes it back.

    Raises:
        RunUnknown: there is none of that id.
        DataDamaged: its row isn't what was written.
    """
    run = find(connection, run_id)
    if run is None:
        raise RunUnknown(run_id)
    kept = run.annotations.changed(changes).as_kept()
    update(connection, run.number, {"annotations": kept})


def find(connection: apsw.Connection, run_id: str) -> RunRow | None:
    """Finds the run of that id, if there is one.

    Raises:
        DataDamaged: its row isn't what was written.
    """
    values = row_of(connection, run_id)
    return None if values is None else run_of(values)


def numbered(connection: apsw.Connection, number: int) -> RunRow | None:
    """Returns the run of that number; None if its row isn't what was written."""
    try:
        sql = f"SELECT {COLUMNS} FROM runs WHERE number = ?"
        values: Any = next(iter(connection.execute(sql, (number,))), None)
        return None if values is None else whole_run(values)
    except DAMAGE:
        return None


def all_numbered(connection: apsw.Connection, numbers: list[int]) -> dict[int, RunRow | None]:
    """Returns the runs of some numbers, in their order, as `numbered` returns each."""
    marks = ", ".join("?" * len(numbers))
    try:
        sql = f"SELECT {COLUMNS} FROM runs WHERE number IN ({marks})"
        found = {row[0]: whole_run(row) for row in connection.execute(sql, numbers)}
    except DAMAGE:
        return {number: numbered(connection, number) for number in numbers}
    return {number: found.get(number) for number in numbers}


def _described(text: str) -> Described:
    """Reads what a run is known by: many times a second the same, so what isn't long is kept."""
    read = _known_described if len(text) <= _LONGEST_KEPT else Described.model_validate_json
    return read(text)


def _called(known: Described, name: str | None) -> Described:
    return known if name is None else known.model_copy(update={"name": name})


@lru_cache(maxsize=_MOST_KEPT)
def _known_described(text: str) -> Described:
    return Described.model_validate_json(text)


@lru_cache(maxsize=_MOST_ROWS_KEPT)
def whole_run(values: tuple[Any, ...]) -> RunRow | None:
    """Returns the run that `COLUMNS` of a row tell of, once for each content; None if they aren't
    what was written.
    """
    try:
        return run_of(values) if is_whole(values) else None
    except DataDamaged:
        return None


def written_row(values: tuple[Any, ...]) -> RunRow:
    """Returns `COLUMNS` of a row by their names; those that hold JSON aren't read yet."""
    return RunRow(*(*values[: _COVERED - 1], *values[_COVERED:-2], hash(values)))


def run_of(values: tuple[Any, ...]) -> RunRow:
    """Returns the run that `COLUMNS` of a whole row tell of; DataDamaged if they make no sense."""
    row = written_row(values)
    try:
        annotations = Annotations.read(row.annotations)  # type: ignore[arg-type]
        known = _described(row.described)  # type: ignore[arg-type]
        return row._replace(
            described=_called(known, annotations.name),
            annotations=annotations,
            label_counts=row.label_counts and json.loads(row.label_counts),  # type: ignore[arg-type]
            error=row.error and json.loads(row.error),  # type: ignore[arg-type]
        )
    except (ValueError, TypeError):  # of an older version, which wrote no check values
        raise DataDamaged(row.id, "its entry in the list of runs") from None
