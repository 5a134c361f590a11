"""The store as the server uses it: opened once, written through one thread, read by many."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

import apsw

from app.events import EncodedEvent, StatusChanged, encode
from app.store import catalogue, log, snapshots
from app.store.catalogue import NewRun, RunRow
from app.store.database import Claim, Readers, open_writer
from app.store.errors import DatabaseUnusable
from app.store.migrations import migrate
from app.store.recorder import Publish, Recorder

SQLITE_VERSION: str = apsw.sqlite_lib_version()


class Store:
    """Every run there is. Reading blocks for as long as SQLite takes: call it off the event loop.

    Args:
        path: the database, made when missing, its folder too.
        publish: called in the recorder's thread with a run's id and its newest (seq, event) pairs
            as soon as they are on disk.
        clock: seconds since 1970; the only place of the store that knows the time.

    Raises:
        DatabaseInUse: another process has it open.
        DatabaseUnusable: it is damaged, foreign or from a newer version.
    """

    def __init__(
        self, path: Path, publish: Publish, clock: Callable[[], float] = time.time
    ) -> None:
        self._publish = publish
        self._clock = clock
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as undo:
            self._claim = Claim(path)
            undo.callback(self._claim.release)
            self._writer = open_writer(path)
            undo.callback(self._writer.close)
            migrate(self._writer)
            _check_after_unclean_stop(self._writer, path)
            self._interrupt_live_runs()
            undo.pop_all()
        self._readers = Readers(path)
        self._recorder = Recorder(self._writer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is queued, leaves the database in one file, and lets go of it."""
        self._recorder.close()
        self._readers.close()
        self._writer.execute("UPDATE session SET stopped_cleanly = 1")
        with contextlib.suppress(apsw.BusyError):  # a last reader: the log stays beside the file
            self._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self._writer.close()
        self._claim.release()

    def create_run(self, run: NewRun) -> "Future[None]":
        """Adds a queued run to the catalogue."""
        return self._recorder.submit(
            lambda connection: catalogue.insert(connection, run, self._clock())
        )

    def delete_run(self, run_id: str) -> "Future[None]":
        """Removes all there is of a run; RunUnknown through the future if there is none."""
        return self._recorder.submit(lambda connection: catalogue.delete(connection, run_id))

    def record(
        self, run_id: str, events: Sequence[EncodedEvent], training_seconds: float
    ) -> "Future[None]":
        """Appends events to a run's log; the future resolves after commit and publication.

        `training_seconds` is how long the run has trained so far, pauses excluded.
        """
        return self._recorder.submit(
            lambda connection: log.append(
                connection, run_id, events, training_seconds, self._clock()
            ),
            lambda numbered: self._publish(run_id, numbered),
        )

    def run(self, run_id: str) -> RunRow | None:
        """One run as it stands."""
        with self._reading() as connection:
            return catalogue.find(connection, run_id)

    def runs(self, limit: int, before: int | None = None) -> list[RunRow]:
        """At most `limit` runs, newest first, of those whose number is below `before`."""
        with self._reading() as connection:
            return catalogue.newest(connection, limit, before)

    def count_by_status(self) -> dict[str, int]:
        """How many runs there are of each status that occurs."""
        with self._reading() as connection:
            return catalogue.count_by_status(connection)

    def events_after(self, run_id: str, seq: int, limit: int) -> list[log.LoggedEvent]:
        """At most `limit` events of a run after `seq`, in order."""
        with self._reading() as connection:
            return log.after(connection, run_id, seq, limit)

    def bodies(self, run_id: str, kind: str, after_step: int = -1) -> list[dict[str, Any]]:
        """What a run's events of one kind say, in order, from after step `after_step`."""
        with self._reading() as connection:
            return log.bodies(connection, run_id, kind, after_step)

    def snapshot_steps(self, run_id: str) -> list[int]:
        """The steps of which a run has snapshots, in order."""
        with self._reading() as connection:
            return snapshots.steps(connection, run_id)

    def snapshot(self, run_id: str, step: int) -> snapshots.StoredSnapshot | None:
        """One snapshot with all its arrays, if it was taken."""
        with self._reading() as connection:
            return snapshots.at(connection, run_id, step)

    def film(self, run_id: str, layer: str, limit_bytes: int) -> list[snapshots.Frame]:
        """A layer's frames in order, thinned evenly if their kernels exceed `limit_bytes`."""
        with self._reading() as connection:
            return snapshots.film(connection, run_id, layer, limit_bytes)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with self._readers.connection() as connection:
            yield connection

    def _interrupt_live_runs(self) -> None:
        """Whatever trained or waited when the last process ended does so no more."""
        now = self._clock()
        with self._writer:
            for run in catalogue.live(self._writer):
                event = StatusChanged(step=run.step, status="interrupted")
                events = [encode(event, run.step)]
                log.append(self._writer, run.id, events, run.training_seconds, now)


def _check_after_unclean_stop(connection: apsw.Connection, path: Path) -> None:
    """Looks for damage if the last process didn't say goodbye, and notes that this one hasn't."""
    if not connection.execute("SELECT stopped_cleanly FROM session").get:
        report = connection.execute("PRAGMA integrity_check(1)").get
        if report != "ok":
            raise DatabaseUnusable(
                f"{path} is damaged ({report}): restore a copy, or point FILTERSCOPE_DATA at "
                "another folder"
            )
    connection.execute("UPDATE session SET stopped_cleanly = 0")
