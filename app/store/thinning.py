"""What a run may weigh: where it was halted, older weights give way to newer ones.

What is kept by schedule gets ever sparser, but a run may be paused and stepped any number of times,
and each time its weights are kept. Only weights are thinned: the event stays on record, and the
hashes with it, so that the run can still be trained again and compared.
"""

from collections.abc import Callable, Sequence

import apsw

from ..events import EncodedEvent

Stays = Callable[[int, int], bool]  # whether a run of so many steps keeps this step's snapshot

MOST_HALTS = 100
HALTS_BYTES = 64 * 1024**2


def thin(
    connection: apsw.Connection, run_id: str, events: Sequence[EncodedEvent], stays: Stays
) -> None:
    """Brings a run's snapshots down to those that stay, after `events` were appended.

    Those for which `stays(step, total_steps)` is true do, and of the others the newest: at most
    `MOST_HALTS`, of at most `HALTS_BYTES` together, and one in any case.
    """
    taken = [event.step for event in events if event.kind == "snapshot"]
    if not taken:
        return
    sql = "SELECT number, total_steps FROM runs WHERE id = ?"
    number, total_steps = next(connection.execute(sql, (run_id,)))
    if all(stays(step, total_steps) for step in taken):
        return
    newest_first = connection.execute(
        "SELECT seq, step, sum(length(data)) FROM arrays WHERE run = ? GROUP BY seq "
        "ORDER BY seq DESC",
        (number,),
    )
    halts = [(seq, size) for seq, step, size in newest_first if not stays(step, total_steps)]
    for seq in _beyond(halts):
        _forget_weights(connection, number, seq)


def is_thinned_after(connection: apsw.Connection, run_id: str, seq: int) -> bool:
    """Whether a snapshot after `seq` has lost its weights."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM thinned t JOIN runs r ON r.number = t.run "
        "WHERE r.id = ? AND t.seq > ?)"
    )
    return bool(connection.execute(sql, (run_id, seq)).get)


def _beyond(halts: list[tuple[int, int]]) -> list[int]:
    """The seqs of those that have no room, of (seq, bytes) from the newest on."""
    total = 0
    for place, (_, size) in enumerate(halts):
        total += size
        if place and (place >= MOST_HALTS or total > HALTS_BYTES):
            return [seq for seq, _ in halts[place:]]
    return []


def _forget_weights(connection: apsw.Connection, number: int, seq: int) -> None:
    connection.execute(
        "INSERT INTO thinned SELECT run, seq, name, shape, sha256 FROM arrays "
        "WHERE run = ? AND seq = ? ORDER BY rowid",
        (number, seq),
    )
    connection.execute("DELETE FROM arrays WHERE run = ? AND seq = ?", (number, seq))
