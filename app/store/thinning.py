"""What a run may weigh: by a policy for each source, older weights give way to newer ones.

What training keeps by schedule gets ever sparser, but a run may be paused and stepped any number of
times, and each time its weights are kept. Files that somebody opened follow no schedule: a film of
fifty epochs is spread evenly. Only weights are thinned: the event stays on record, and the hashes
with it, so that the run can still be trained again and compared.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import apsw

from ..events import EncodedEvent
from ..external.described import Source

# Whether a run of so many steps, None if its end is open, keeps this step's snapshot.
Stays = Callable[[int, int | None], bool]

ENDS = "ends"
MOST_HALTS = 100
HALTS_BYTES = 64 * 1024**2
MOST_OPENED = 2_000
OPENED_BYTES = 1024**3


class Weighed(NamedTuple):
    """A snapshot whose weights are there: `place` counts all snapshots of its run, from 0."""

    seq: int
    step: int
    place: int
    size_bytes: int


def thin(
    connection: apsw.Connection, run_id: str, events: Sequence[EncodedEvent], stays: Stays
) -> None:
    """Brings a run's snapshots down to those that its source's policy keeps, or to its first and
    newest where no more are wanted of it.

    Args:
        events: what was just appended.
        stays: whether a snapshot was taken by schedule.
    """
    taken = [event.step for event in events if event.kind == "snapshot"]
    if not taken:
        return
    sql = "SELECT number, source, total_steps, keep FROM runs WHERE id = ?"
    number, source, total_steps, keep = next(connection.execute(sql, (run_id,)))
    is_scheduled = _IS_SCHEDULED[source]
    if keep == ENDS:
        for between in _weighed(connection, number)[1:-1]:
            _forget_weights(connection, number, between.seq)
        return
    if is_scheduled and all(stays(step, total_steps) for step in taken):
        return
    newest_first = _weighed(connection, number)
    if is_scheduled:
        gone = _old_halts([one for one in newest_first if not stays(one.step, total_steps)])
    else:
        gone = _between(newest_first)
    for seq in gone:
        _forget_weights(connection, number, seq)


_IS_SCHEDULED: dict[Source, bool] = {
    "own": True,
    "watched": True,
    "cluster": True,
    "opened": False,
}


def is_thinned_after(connection: apsw.Connection, run_id: str, seq: int) -> bool:
    """Tells whether a snapshot after `seq` has lost its weights."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM thinned t JOIN runs r ON r.number = t.run "
        "WHERE r.id = ? AND t.seq > ?)"
    )
    return bool(connection.execute(sql, (run_id, seq)).get)


def _weighed(connection: apsw.Connection, number: int) -> list[Weighed]:
    rows = connection.execute(
        "WITH taken AS (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS place FROM events "
        "WHERE run = :run AND kind = 'snapshot') "
        "SELECT seq, step, place, sum(length(data)) FROM arrays JOIN taken USING (seq) "
        "WHERE run = :run GROUP BY seq ORDER BY seq DESC",
        {"run": number},
    )
    return [Weighed(*row) for row in rows]


def _old_halts(halts: Sequence[Weighed]) -> list[int]:
    """Gives the seqs of the halts that have no room, given from the newest on; that one always
    has.
    """
    total = 0
    for number, halt in enumerate(halts):
        total += halt.size_bytes
        if number and (number >= MOST_HALTS or total > HALTS_BYTES):
            return [old.seq for old in halts[number:]]
    return []


def _between(newest_first: Sequence[Weighed]) -> list[int]:
    """Returns the seqs to leave out so that the rest fits and lies evenly; first and newest stay.

    Every second, fourth, eighth, … place is kept: whatever arrives later, nothing that was left out
    is missed.
    """
    newest, kept, every = newest_first[0], list(newest_first), 1
    while len(kept) > 2 and (
        len(kept) > MOST_OPENED or sum(one.size_bytes for one in kept) > OPENED_BYTES
    ):
        every *= 2
        kept = [one for one in kept if one.place % every == 0 or one is newest]
    there = {one.seq for one in kept}
    return [one.seq for one in newest_first if one.seq not in there]


def _forget_weights(connection: apsw.Connection, number: int, seq: int) -> None:
    connection.execute(
        "INSERT INTO thinned SELECT run, seq, name, shape, sha256 FROM arrays "
        "WHERE run = ? AND seq = ? ORDER BY rowid",
        (number, seq),
    )
    connection.execute("DELETE FROM arrays WHERE run = ? AND seq = ?", (number, seq))
