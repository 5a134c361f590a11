"""The newest checkpoint of each run: what it, or another after its end, goes on from.

Of runs that are over those of the newest stay, up to `ENDS_BYTES` in all.
"""

import hashlib
import logging
from typing import Any, NamedTuple

import apsw

from .damage import DAMAGE

ENDS_BYTES = 1024**3
_LOG = logging.getLogger("filterscope.store")


class Checkpoint(NamedTuple):
    """A state of training, and the seq of the last event on record when it was taken."""

    seq: int
    data: bytes


def keep(connection: apsw.Connection, number: int, checkpoint: Checkpoint) -> None:
    """Puts a checkpoint in the place of the run's last one."""
    digest = _digest(checkpoint)
    connection.execute(
        "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)", (number, *checkpoint, digest)
    )


def drop(connection: apsw.Connection, number: int) -> None:
    """Forgets a run's checkpoint."""
    connection.execute("DELETE FROM checkpoints WHERE run = ?", (number,))


def keep_end(connection: apsw.Connection, number: int, checkpoint: Checkpoint) -> None:
    """Keeps the state at a run's end; those of older runs give way to it."""
    keep(connection, number, checkpoint)
    sql = (
        "SELECT run, length(data) FROM checkpoints JOIN runs ON number = run "
        "WHERE status IN ('finished', 'stopped') AND run <> ? ORDER BY run DESC"
    )
    room = ENDS_BYTES - len(checkpoint.data)
    gone = []
    for run, size_bytes in connection.execute(sql, (number,)):
        room -= size_bytes
        if room < 0:
            gone.append((run,))
    connection.executemany("DELETE FROM checkpoints WHERE run = ?", gone)


def newest(connection: apsw.Connection, number: int) -> Checkpoint | None:
    """Gives a run's checkpoint; None if there is none, or its bytes aren't those that were
    written.
    """
    sql = "SELECT seq, data, sha256 FROM checkpoints WHERE run = ?"
    try:
        found: Any = connection.execute(sql, (number,)).get
    except DAMAGE:
        found = 0, b"", b""
    if found is None:
        return None
    checkpoint = Checkpoint(*found[:2])
    if found[2] not in (_digest(checkpoint), hashlib.sha256(checkpoint.data).digest()):
        _LOG.warning("a checkpoint is damaged; its run is trained again from its beginning")
        return None
    return checkpoint


def _digest(checkpoint: Checkpoint) -> bytes:
    """Covers the seq too; older versions hashed the data alone."""
    digest = hashlib.sha256(checkpoint.data)
    digest.update(b"%d" % checkpoint.seq)
    return digest.digest()
