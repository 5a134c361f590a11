"""What lists of runs are chosen and sorted by, kept in memory as long as it holds.

A search looks at all runs, and to compare each row with its check value would take a second for ten
thousand. So what was compared once is kept, block by block of runs, and an index of the check
values says which blocks have changed since. Whatever that index says, an entry is made from a whole
row alone: an index that is damaged costs time, and makes no answer wrong.
"""

import threading
from typing import Any, NamedTuple

import apsw

from .damage import DAMAGE
from .listed_run import ListedRun
from .run_list import DamagedRun, Page, one_by_one, undamaged
from .run_order import RunOrders, place_after
from .run_search import RunSearch, SortKey, Start
from .runs import RunRow, all_numbered

_BLOCK = 64  # runs; one that trains has its whole block read again
_AT_ONCE = 4  # blocks that are read while others wait, in some ten milliseconds
_SUMS = "SELECT {} count(*), count(check_value), sum(check_value) FROM runs INDEXED BY runs_checked"
_WHOLE = _SUMS.format("")
_BY_BLOCK = _SUMS.format(f"number / {_BLOCK} AS block,") + " GROUP BY block"
_LISTED = "SELECT count(*) FROM runs INDEXED BY runs_in_order"

_Sums = tuple[int, int, int | None]  # runs, those that have check values, what these add up to


class FoundRuns(NamedTuple):
    """Some of the runs that were asked for, and where the next ones begin, if there are more.

    Attributes:
        damaged: all that are, for nobody can tell whether they were meant.
        in_all: how many were asked for.
    """

    rows: list[RunRow]
    damaged: list[DamagedRun]
    last: SortKey | None
    in_all: int


class _Block(NamedTuple):
    sums: _Sums
    runs: list[ListedRun]
    damaged: list[DamagedRun]

    def holds(self, sums: _Sums) -> bool:
        """Tells whether its runs are as they were; of some without check values nobody knows."""
        return self.sums == sums and sums[0] == sums[1]


class RunRegister:
    """Every run's entry; any thread may ask, each with its own connection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sums: _Sums | None = None
        self._blocks: dict[int, _Block] = {}
        self._orders = RunOrders()

    def search(
        self, connection: apsw.Connection, search: RunSearch, limit: int, start: Start
    ) -> FoundRuns:
        """Returns at most `limit` of the runs that are asked for, from a place in their order on:
        how many come before it, or the key after which it is.
        """
        blocks = self._current(connection)
        with self._lock:
            placed = self._orders.of(search, [block.runs for block in blocks])
        first = start if isinstance(start, int) else place_after(placed, start)
        page = placed[first : first + limit]
        found = all_numbered(connection, [number for _, number in page])
        known = {run.number: run for block in blocks for run in block.damaged}
        damaged = {number: DamagedRun(number, None) for number, row in found.items() if not row}
        return FoundRuns(
            rows=[row for row in found.values() if row],
            damaged=list((damaged | known).values()),
            last=page[-1][0] if len(placed) > first + limit else None,
            in_all=len(placed),
        )

    def of_sweep(self, connection: apsw.Connection, sweep_id: str) -> list[ListedRun]:
        """Returns the runs of a sweep in their order; those that are damaged or gone aren't
        there.
        """
        blocks = self._current(connection)
        found = [
            (run.swept.place, run)
            for block in blocks
            for run in block.runs
            if run.swept is not None and run.swept.sweep == sweep_id
        ]
        return [run for _, run in sorted(found, key=lambda one: one[0])]

    def _current(self, connection: apsw.Connection) -> list[_Block]:
        """Returns all runs as they are now."""
        try:
            whole: _Sums = _one(connection, _WHOLE)
            if connection.execute(_LISTED).get == whole[0]:
                with self._lock:
                    if self._sums != whole or whole[0] != whole[1]:
                        self._refresh(connection)
                        self._sums = whole
                    return list(self._blocks.values())
        except DAMAGE:
            pass  # of an index: what the rows themselves say holds
        return [_block(one_by_one(connection), (0, 0, None))]

    def prepare(self, connection: apsw.Connection) -> bool:
        """Reads some blocks that no search has read yet; False if there are none.

        So whoever searches first needn't wait for all of them.
        """
        with self._lock:
            sums = _sums_by_block(connection)
            unread = [number for number in sums if number not in self._blocks][:_AT_ONCE]
            for number in unread:
                self._blocks[number] = _read_block(connection, number, sums[number])
        return unread != []

    def _refresh(self, connection: apsw.Connection) -> None:
        now: dict[int, _Block] = {}
        for number, sums in _sums_by_block(connection).items():
            known = self._blocks.get(number)
            if known is None or not known.holds(sums):
                known = _read_block(connection, number, sums)
            now[number] = known
        self._blocks = now


def _sums_by_block(connection: apsw.Connection) -> dict[int, _Sums]:
    by_block: Any = connection.execute(_BY_BLOCK)
    return {number: (count, checked, total) for number, count, checked, total in by_block}


def _read_block(connection: apsw.Connection, number: int, sums: _Sums) -> _Block:
    first, end = number * _BLOCK, (number + 1) * _BLOCK
    runs = undamaged(connection, _BLOCK, end, first, ListedRun.read)
    if runs is None:
        return _block(one_by_one(connection, end, first), sums)
    return _Block(sums, runs, [])


def _block(page: Page, sums: _Sums) -> _Block:
    return _Block(sums, [ListedRun.of(row) for row in page.rows], page.damaged)


def _one(connection: apsw.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchall()[0]
