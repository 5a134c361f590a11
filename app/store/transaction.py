"""One transaction for several jobs: a job that fails undoes itself and leaves the others alone."""

from collections.abc import Sequence

import apsw

from .damage import DAMAGE
from .errors import DatabaseGone, DataDamaged
from .jobs import WriteJob
from .presence import Presence

# What may be well again in a while.
NO_ROOM = (apsw.FullError, apsw.IOError, apsw.BusyError, DatabaseGone)


class TransactionLost(Exception):
    """SQLite gave up the whole transaction because of one of its jobs."""


FAILED = (apsw.Error, DatabaseGone, TransactionLost)  # the transaction, with all of its jobs


def commit(connection: apsw.Connection, presence: Presence, batch: Sequence[WriteJob]) -> None:
    """Carries out the jobs and tells those whose work is on disk then; the others have failed.

    Raises:
        apsw.Error, DatabaseGone, TransactionLost: nothing is on disk; roll back (`roll_back`).
    """
    presence.check()
    connection.execute("BEGIN IMMEDIATE")
    done = [job for job in batch if _succeeds(job, connection)]
    connection.execute("COMMIT")
    for job in done:
        job.is_on_disk = True
    for job in done:
        job.tell()


def roll_back(connection: apsw.Connection) -> None:
    """Ends a transaction that went wrong, if there is one."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def in_words(problem: Exception) -> str:
    """Says to a viewer why nothing can be written."""
    if isinstance(problem, DatabaseGone):
        return "the database was taken away"
    return "the disk is full" if isinstance(problem, apsw.FullError) else "the disk can't be used"


def _succeeds(job: WriteJob, connection: apsw.Connection) -> bool:
    connection.execute("SAVEPOINT job")
    try:
        job.result = job.work(connection)
    except NO_ROOM:
        raise
    except Exception as problem:
        if not connection.in_transaction:
            raise TransactionLost(str(problem)) from problem
        connection.execute("ROLLBACK TO job")
        job.fail(DataDamaged(None, "a page") if isinstance(problem, DAMAGE) else problem)
    connection.execute("RELEASE job")
    return not job.future.done()
