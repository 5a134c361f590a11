"""What is kept, as anybody may read it while one process writes."""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from ..events import LIVE, Status, StoredArray
from ..external.described import Source
from ..numerics import Numerics
from ..past import Handover, Past, RecordedEvent
from ..recipe import Recipe
from . import (
    beginnings,
    crashes,
    external_attempts,
    external_runs,
    kept_numerics,
    log,
    moments,
    pasts,
    run_list,
    runs,
    seldom,
    snapshots,
    sweeps,
    thinning,
)
from .database import Readers
from .errors import DatabaseUnusable, DataDamaged
from .external_attempts import ToldAttempt
from .external_runs import ExternalRun
from .listed_run import ListedRun
from .migrations import MIGRATIONS
from .moments import Moment
from .presence import Presence
from .run_list import Page
from .run_register import FoundRuns, RunRegister
from .run_search import RunSearch, Start
from .runs import RunRow
from .sweeps import KeptSweep

_TOLD: tuple[Source, ...] = ("watched", "opened")
_PAGE = 256  # events read in one transaction, so that none keeps the write-ahead log from shrinking


class Reading:
    """Every run there is. Each call blocks for as long as SQLite takes.

    Each raises DataDamaged where what it reads isn't what was recorded, and DatabaseGone while the
    database is away.

    Args:
        path: the database, up to date.
        presence: notices that it was taken away.
    """

    def __init__(self, path: Path, presence: Presence) -> None:
        self._readers = Readers(path, presence)
        self._register = RunRegister()

    @classmethod
    def beside(cls, path: Path) -> Self:
        """Reads a database that a server may have open at the same time.

        Raises:
            DatabaseUnusable: there is none, or it is of another version.
        """
        if not path.exists():
            raise DatabaseUnusable(f"there is no database at {path}: FILTERSCOPE_DATA says where")
        reading = cls(path, Presence(path, ("",)))
        with reading._readers.connection() as connection:
            version = connection.pragma("user_version")
        if version != len(MIGRATIONS):
            reading.close()
            raise DatabaseUnusable(
                f"{path} has schema {version}, and this Filterscope knows {len(MIGRATIONS)}: start "
                "its server once, or update Filterscope"
            )
        return reading

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._readers.close()

    def run(self, run_id: str) -> RunRow | None:
        """Returns one run as it stands."""
        with self._readers.connection(run_id) as connection:
            return runs.find(connection, run_id)

    def runs(self, limit: int, before: int | None = None) -> list[RunRow]:
        """Returns at most `limit` runs, newest first, of those whose number is below `before`;
        damaged ones are left out.
        """
        return self.page(limit, before).rows

    def page(self, limit: int, before: int | None = None) -> Page:
        """Returns the same, and which runs are left out."""
        with self._readers.connection() as connection:
            return run_list.newest(connection, limit, before)

    def search(self, search: RunSearch, limit: int, start: Start = None) -> FoundRuns:
        """Returns at most `limit` runs that are asked for, in the order that is asked for, from a
        place in it on: how many come before it, or the key after which it is.
        """
        with self._readers.connection() as connection:
            return self._register.search(connection, search, limit, start)

    def prepare_search(self) -> bool:
        """Does a part of what the first search would have to do; False if that is all done."""
        with self._readers.connection() as connection:
            return self._register.prepare(connection)

    def sweep(self, sweep_id: str) -> KeptSweep | None:
        """Returns one sweep as it stands; None if there is none of that id."""
        with self._readers.connection() as connection:
            return sweeps.find(connection, sweep_id)

    def sweeps(self, limit: int) -> list[KeptSweep]:
        """Returns at most `limit` sweeps, newest first."""
        with self._readers.connection() as connection:
            return sweeps.newest(connection, limit)

    def runs_of_sweep(self, sweep_id: str) -> list[ListedRun]:
        """Returns the runs of a sweep, in its order; those that were deleted aren't there."""
        with self._readers.connection() as connection:
            return self._register.of_sweep(connection, sweep_id)

    def latest(self) -> RunRow | None:
        """Returns the newest run that has begun, or that was asked for alone; DataDamaged if it is
        damaged, for no other is meant.
        """
        rows, damaged = self.page(1)
        if rows and rows[0].is_waiting_in_sweep:
            rows, damaged = self.page(1, before=self._after_latest(rows[0].number))
        if damaged and not (rows and rows[0].number > damaged[0].number):
            raise DataDamaged(damaged[0].id, "its entry in the list of runs")
        return rows[0] if rows else None

    def _after_latest(self, newest: int) -> int:
        """Returns the number after that of the newest run that doesn't wait in a sweep, if there is
        one.
        """
        sql = "SELECT max(number) FROM runs WHERE sweep IS NULL OR last_seq > 0"
        with self._readers.connection() as connection:
            found = connection.execute(sql).get
        return 1 + (newest if found is None else found)

    def interrupted(self) -> list[RunRow]:
        """Returns the runs that a server's end left unfinished, oldest first."""
        with self._readers.connection() as connection:
            return run_list.of_status(connection, {"interrupted"}, "own")

    def count_by_status(self) -> dict[str, int]:
        """Counts how many runs there are of each status that occurs."""
        with self._readers.connection() as connection:
            return run_list.count_by_status(connection)

    def events_after(
        self, run_id: str, seq: int, limit: int, limit_bytes: int = log.CHUNK_BYTES
    ) -> list[log.LoggedEvent]:
        """Gives at most `limit` events of a run after `seq`, in order, and of about
        `limit_bytes`.
        """
        with self._readers.connection(run_id) as connection:
            return log.after(connection, run_id, seq, limit, limit_bytes)

    def needed_after(
        self, run_id: str, seq: int, span: int, limit_bytes: int
    ) -> tuple[list[log.LoggedEvent], int]:
        """Gives what someone who fell behind still needs of the `span` events after `seq`: all but
        the snapshots, of which only the run's newest counts.

        Returns:
            Events, of about `limit_bytes`, and the seq up to which nothing else is needed.
        """
        until = seq + span
        with self._readers.connection(run_id) as connection:
            run = runs.find(connection, run_id)
            needed = log.after(connection, run_id, seq, span, limit_bytes, newest_until=until)
        if needed:
            return needed, needed[-1].seq
        return [], seq if run is None else max(seq, min(until, run.last_seq))

    def seldom_after(
        self, run_id: str, seq: int, until: int, limit_bytes: int
    ) -> tuple[list[log.LoggedEvent], int]:
        """Gives the events after `seq` up to `until` that aren't `steps`, about `limit_bytes` of
        them, and the seq up to which these are all.
        """
        with self._readers.connection(run_id) as connection:
            return seldom.after(connection, run_id, seq, until, limit_bytes)

    def is_thinned_after(self, run_id: str, seq: int) -> bool:
        """Tells whether `events_after` leaves snapshots out, because their weights were thinned."""
        with self._readers.connection(run_id) as connection:
            return thinning.is_thinned_after(connection, run_id, seq)

    def bodies(self, run_id: str, kind: str, after_step: int = -1) -> list[dict[str, Any]]:
        """Returns what a run's events of one kind say, in order, from after step `after_step`."""
        with self._readers.connection(run_id) as connection:
            return log.bodies(connection, run_id, kind, after_step)

    def each_body(self, run_id: str, kind: str, after_step: int = -1) -> Iterator[dict[str, Any]]:
        """Yields the same one by one, however many there are, a few of them in memory at a time."""
        for _, text in self.each_text(run_id, kind, after_step):
            yield json.loads(text)

    def each_text(
        self, run_id: str, kind: str, after_step: int = -1, seq: int = 0
    ) -> Iterator[tuple[int, str]]:
        """Yields the same of those after `seq` as the text that is on record, each with its seq."""
        for at, _, text in self._each(run_id, {kind}, after_step, seq):
            yield at, text

    def each_of(self, run_id: str, kinds: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yields what a run's events of some kinds say, each with its kind, in one reading."""
        for _, kind, text in self._each(run_id, kinds, -1, 0):
            yield kind, json.loads(text)

    def _each(
        self, run_id: str, kinds: Collection[str], after_step: int, seq: int
    ) -> Iterator[tuple[int, str, str]]:
        while True:
            with self._readers.connection(run_id) as connection:
                page = log.next_texts(connection, run_id, kinds, after_step, seq, _PAGE)
            if not page:
                return
            seq = page[-1][0]
            yield from page

    def kept(self, run_id: str) -> list[RecordedEvent]:
        """Returns all events of a run, with the hashes of their arrays."""
        with self._readers.connection(run_id) as connection:
            return pasts.kept(connection, run_id)

    def past(self, run_id: str) -> Past | None:
        """Returns what a run that isn't over goes on from; None if it is over, or gone."""
        with self._readers.connection(run_id) as connection:
            return pasts.past_of(connection, run_id)

    def recipe_of(self, run_id: str) -> Recipe | None:
        """Returns what a run that waits is to train; None if it waits no more, or is gone.

        Raises:
            pydantic.ValidationError: it isn't valid any more.
        """
        run = self.run(run_id)
        if run is None or run.status != "queued" or run.recipe is None:
            return None
        return Recipe.model_validate_json(run.recipe)

    def beginning(self, run_id: str) -> Handover | None:
        """Returns what a run begins with that goes on from another one's end; else None."""
        with self._readers.connection(run_id) as connection:
            return beginnings.find(connection, run_id)

    def numerics(self, number: int) -> Numerics | None:
        """Returns what computed the run of that number last, if that is known."""
        with self._readers.connection() as connection:
            return kept_numerics.of_run(connection, number)

    def training_status(self, run_id: str) -> Status:
        """Gives what a run's training last was: `running`, `paused`, or `queued` if it never
        began.
        """
        with self._readers.connection(run_id) as connection:
            return pasts.training_status(connection, run_id)

    def external_run(self, key: str) -> ExternalRun | None:
        """Returns how far the run is that a program tells under a key, if one was told."""
        with self._readers.connection() as connection:
            return external_runs.find(connection, key)

    def external_attempts(self, key: str) -> list[ToldAttempt]:
        """Returns the starts of a program that are on record under its key, the first one first."""
        with self._readers.connection() as connection:
            return external_attempts.attempts_of(connection, key)

    def watched_live(self) -> list[RunRow]:
        """Returns the runs that programs elsewhere tell, or that are read from files, and that
        haven't ended.
        """
        with self._readers.connection() as connection:
            told = (run_list.of_status(connection, LIVE, source) for source in _TOLD)
            return [run for runs_told in told for run in runs_told]

    def crash_report(self, run_id: str) -> str | None:
        """Returns why a run's training broke, for whoever mends it, if it did."""
        with self._readers.connection(run_id) as connection:
            return crashes.report_of(connection, run_id)

    def snapshot_steps(self, run_id: str, layer: str | None = None) -> list[int]:
        """Returns the steps of which a run has snapshots, in order; of `layer`, if said."""
        with self._readers.connection(run_id) as connection:
            return snapshots.steps(connection, run_id, layer)

    def lists_snapshot(self, run: RunRow, step: int) -> bool:
        """Tells at once whether a snapshot with a run's first layer is listed; checks nothing."""
        with self._readers.connection(run.id) as connection:
            return snapshots.is_listed(connection, run.number, run.layers[0], step)

    def snapshot(self, run_id: str, step: int) -> snapshots.StoredSnapshot | None:
        """Returns one snapshot with all its arrays, if it was taken."""
        with self._readers.connection(run_id) as connection:
            return snapshots.at(connection, run_id, step)

    def first_array(self, run_id: str, name: str) -> StoredArray | None:
        """Returns the array of that name in the first snapshot of a run that has one."""
        with self._readers.connection(run_id) as connection:
            return snapshots.first_array(connection, run_id, name)

    def film(self, run_id: str, layer: str, limit_bytes: int) -> list[snapshots.Frame]:
        """Gives a layer's frames in order, thinned evenly if their kernels exceed `limit_bytes`."""
        with self._readers.connection(run_id) as connection:
            return snapshots.film(connection, run_id, layer, limit_bytes)

    def frame_until(self, run_id: str, layer: str, step: int | None) -> snapshots.Frame | None:
        """Returns a layer's last frame at or before `step`, or of all; None if there is none."""
        with self._readers.connection(run_id) as connection:
            return snapshots.frame_until(connection, run_id, layer, step)

    def moments(self, asked: Sequence[tuple[str, int]]) -> list[Moment]:
        """Returns what the filters and answers of runs, by their ids, were after so many updates
        each.
        """
        with self._readers.connection() as connection:
            return moments.moments(connection, asked)

    def film_heads(self, run_id: str, layer: str, limit_bytes: int) -> list[snapshots.FrameHead]:
        """Gives what `film` does, but reads no kernel."""
        with self._readers.connection() as connection:
            return snapshots.heads(connection, run_id, layer, limit_bytes)

    def array_at(self, run_id: str, seq: int, name: str) -> StoredArray | None:
        """Returns an array of one event of a run, if it is there."""
        with self._readers.connection() as connection:
            return snapshots.array_at(connection, run_id, seq, name)


@lru_cache(maxsize=1)
def reading_beside(database: Path) -> Reading:
    """Opens a database that a server may have open at the same time, once in this process."""
    return Reading.beside(database)
