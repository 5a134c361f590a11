"""Whether a database holds what it should: the checks that follow every kind of crash."""

import hashlib
from pathlib import Path

import apsw


def assert_sound(database: Path) -> None:
    """The file is whole, each run's seqs have no gap, its row agrees, every array is unharmed."""
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        assert connection.execute("PRAGMA integrity_check").get == "ok"
        counted = connection.execute(
            "SELECT r.id, r.last_seq, count(e.seq), max(e.seq) FROM runs r "
            "LEFT JOIN events e ON e.run = r.number GROUP BY r.number"
        )
        for run_id, last_seq, count, highest in counted:
            assert last_seq == count == (highest or 0), f"run {run_id} has a gap"
        arrays = connection.execute("SELECT run, seq, name, data, sha256 FROM arrays")
        for run, seq, name, data, digest in arrays:
            assert hashlib.sha256(data).digest() == digest, f"{name} of event {run}/{seq}"
    finally:
        connection.close()


def told(database: Path) -> dict[str, list[tuple[int, str, str]]]:
    """Each run's events: seq, kind and body, in order."""
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        events: dict[str, list[tuple[int, str, str]]] = {
            run_id: [] for (run_id,) in connection.execute("SELECT id FROM runs")
        }
        for run_id, *event in connection.execute(
            "SELECT r.id, e.seq, e.kind, e.body FROM events e JOIN runs r ON r.number = e.run "
            "ORDER BY e.run, e.seq"
        ):
            events[run_id].append(tuple(event))
        return events
    finally:
        connection.close()
