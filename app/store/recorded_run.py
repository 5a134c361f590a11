"""What a run's row says of its other rows: how many there must be, and whether to check them."""

import json
from typing import Any, NamedTuple

import apsw

from .check_values import COVERED, LATER_OF_RUNS, check_value, value_of_run
from .damage import DAMAGE
from .errors import DataDamaged

COLUMNS = (
    f"{', '.join((*COVERED['runs'], *LATER_OF_RUNS))}, check_value, "
    "EXISTS (SELECT 1 FROM unchecked_runs u WHERE u.run = number)"
)


class RecordedRun(NamedTuple):
    """A run whose own row is what was written.

    Attributes:
        told: how many events of each kind there are; None while nobody has counted.
        is_checked: whether all its rows have check values; older versions wrote none.
    """

    number: int
    id: str
    last_seq: int
    told: dict[str, int] | None
    is_checked: bool

    def accepts(self, value: int | None, *covered: object) -> bool:
        """Tells whether a row of this run is what was written."""
        if value is None:
            return not self.is_checked
        return value == check_value(*covered)

    def damaged(self, what: str) -> DataDamaged:
        """Returns the error that says so."""
        return DataDamaged(self.id, what)


def recorded_run(connection: apsw.Connection, run_id: str) -> RecordedRun | None:
    """Finds the run of that id, if there is one.

    Raises:
        DataDamaged: its row isn't what was written.
    """
    values: Any = row_of(connection, run_id)
    if values is None:
        return None
    row = dict(zip(COVERED["runs"], values, strict=False))
    told = None if row["told"] is None else json.loads(row["told"])
    return RecordedRun(row["number"], row["id"], row["last_seq"], told, not values[-1])


def row_of(connection: apsw.Connection, run_id: str) -> tuple[Any, ...] | None:
    """Returns the columns of the run of that id, which `COLUMNS` names, if there is one.

    The index of ids may be what is damaged, so a second one is asked where it knows nothing.

    Raises:
        DataDamaged: they aren't what was written.
    """
    rows: Any
    try:
        rows = connection.execute(f"SELECT {COLUMNS} FROM runs WHERE id = ?", (run_id,)).fetchall()
    except DAMAGE:
        rows = []
    if not rows:
        sql = "SELECT number FROM runs INDEXED BY runs_in_order WHERE id = ?"
        number = connection.execute(sql, (run_id,)).get
        if number is None:
            return None
        sql = f"SELECT {COLUMNS} FROM runs WHERE number = ?"
        rows = connection.execute(sql, (number,)).fetchall()
    if len(rows) != 1 or rows[0][1] != run_id or not is_whole(rows[0]):
        raise DataDamaged(run_id, "its entry in the list of runs")
    return tuple(rows[0])


def is_whole(values: tuple[Any, ...]) -> bool:
    """Tells whether `COLUMNS` of a row are what was written."""
    *columns, value, is_unchecked = values
    return bool(is_unchecked) if value is None else value == value_of_run(*columns)
