"""What computed each run last, beside its events: those follow from the recipe alone."""

from typing import Any

import apsw
from pydantic import ValidationError

from ..numerics import Numerics
from .check_values import check_value


def keep(connection: apsw.Connection, run_id: str, numerics: Numerics) -> None:
    """Notes what computes a run from now on."""
    number = connection.execute("SELECT number FROM runs WHERE id = ?", (run_id,)).get
    kept = numerics.as_kept()
    connection.execute(
        "INSERT OR REPLACE INTO numerics VALUES (?, ?, ?)",
        (number, kept, check_value(number, kept)),
    )


def of_run(connection: apsw.Connection, number: int) -> Numerics | None:
    """Returns what computed a run last; None if that isn't known: nobody noted it, or the note is
    damaged.
    """
    sql = "SELECT told, check_value FROM numerics WHERE run = ?"
    found: Any = next(iter(connection.execute(sql, (number,))), None)
    if found is None or found[1] != check_value(number, found[0]):
        return None
    try:
        return Numerics.read(found[0])
    except ValidationError:
        return None
