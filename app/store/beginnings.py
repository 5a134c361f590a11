"""What runs begin with that go on from the end of another one: its last checkpoint, copied.

So they can be trained again from there, whatever becomes of the other.
"""

import hashlib

import apsw

from ..past import Handover
from . import checkpoints, runs
from .errors import DataDamaged, RunUnknown, StateNotKept
from .runs import NewRun


def insert(connection: apsw.Connection, run: NewRun, created_at: float) -> None:
    """Adds a queued run that goes on from the end of the one that it says it continues.

    Raises:
        RunUnknown: that one was deleted.
        StateNotKept: its last checkpoint isn't there, or damaged.
    """
    continues = run.described.continues
    assert continues is not None
    before = runs.find(connection, continues.run)
    if before is None:
        raise RunUnknown(continues.run)
    end = checkpoints.newest(connection, before.number)
    if end is None or before.step != continues.step:
        raise StateNotKept(continues.run)
    runs.insert(connection, run, created_at)
    connection.execute(
        "INSERT INTO beginnings SELECT number, ?, ? FROM runs WHERE id = ?",
        (end.data, hashlib.sha256(end.data).digest(), run.id),
    )


def find(connection: apsw.Connection, run_id: str) -> Handover | None:
    """Returns what a run begins with; None if that is the untrained network, or there is no run.

    Raises:
        DataDamaged: it isn't what was written, or is missing.
    """
    run = runs.find(connection, run_id)
    if run is None or run.described.continues is None:
        return None
    sql = "SELECT data, sha256 FROM beginnings WHERE run = ?"
    for data, digest in connection.execute(sql, (run.number,)):
        if hashlib.sha256(data).digest() == digest:
            return Handover(run.described.continues, data)
    raise DataDamaged(run_id, "the state that it begins with")
