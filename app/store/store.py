"""The store as the server uses it: opened once, written through one thread, read by many."""

import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import apsw

from ..events import LIVE, EncodedEvent, StatusChanged, encode
from ..numerics import Numerics
from . import (
    beginnings,
    crashes,
    external_attempts,
    external_runs,
    kept_numerics,
    log,
    removal,
    run_list,
    runs,
    sweeps,
)
from .damage import DAMAGE, can_be_used
from .data_folder import open_data_folder, told_if_unusable
from .database import BUSY_MILLISECONDS, Claim, open_writer, transaction
from .deletion import mark_deleted
from .errors import DatabaseUnusable, DataDamaged, StoreError
from .external_attempts import ToldAttempt
from .external_runs import ExternalRun
from .migrations import migrate
from .presence import Presence
from .reading import Reading
from .recorder import Publish, Recorder
from .runs import NewRun
from .sweeps import KeptSweep, WantedOfSweep
from .thinning import Stays, thin
from .tidying import Tidying
from .write_ahead_log import WriteAheadLog

_LOG = logging.getLogger("filterscope.store")

SQLITE_VERSION: str = apsw.sqlite_lib_version()


class Store(Reading):
    """Every run there is. Reading blocks for as long as SQLite takes: call it off the event loop.

    Args:
        path: the database, made when missing, its folder too.
        publish: called in the recorder's thread with a run's id and its newest (seq, event) pairs
            as soon as they are on disk.
        stays: whether a run of so many steps keeps the snapshot of a step whatever follows; of
            the others only the newest keep their weights.
        clock: seconds since 1970; the only place of the store that knows the time.

    Raises:
        FolderUnusable: its folder is read-only.
        DatabaseInUse: another process has it open.
        DatabaseUnusable: it is damaged, foreign or from a newer version.
        StoreError: the disk is full.
    """

    def __init__(
        self,
        path: Path,
        publish: Publish,
        stays: Stays = lambda _step, _total_steps: True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._publish = publish
        self._stays = stays
        self._clock = clock
        self.waiting_at_open: list[tuple[str, str]] = []
        """Runs of sweeps that nobody had begun to train: of which sweep, and which."""
        open_data_folder(path.parent)
        with told_if_unusable(path.parent), contextlib.ExitStack() as undo:
            self._claim = Claim(path)
            undo.callback(self._claim.release)
            self._writer = open_writer(path)
            undo.callback(self._writer.close)
            self._prepare(path)
            undo.pop_all()
        presence = Presence(path)
        super().__init__(path, presence)
        wal = WriteAheadLog(self._writer, BUSY_MILLISECONDS)
        self._tidying = Tidying(self._writer, wal, clock)
        self._recorder = Recorder(self._writer, presence, wal, self._tidying)

    def close(self) -> None:
        """Writes what is queued, leaves the database in one file, and lets go of it."""
        self._recorder.close()
        super().close()
        # With a last reader, without room, or with damage the log stays beside the file.
        with contextlib.suppress(apsw.Error):
            self._writer.execute("UPDATE session SET stopped_cleanly = 1")
            self._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        self._writer.close()
        self._claim.release()

    def create_run(self, run: NewRun) -> "Future[None]":
        """Adds a queued run."""
        return self._recorder.submit(lambda connection: runs.insert(connection, run, self._clock()))

    def create_sweep(
        self, sweep_id: str, name: str, plan: str, members: Sequence[NewRun]
    ) -> "Future[None]":
        """Adds a sweep with all of its runs, queued: wholly, or nothing of it."""
        now = self._clock()
        sweep = KeptSweep(sweep_id, name, "running", plan, now)
        return self._recorder.submit(
            lambda connection: sweeps.create(connection, sweep, members, now),
            size_bytes=sum(len(run.recipe or "") for run in members),
        )

    def change_sweep(
        self, sweep_id: str, *, name: str | None = None, status: WantedOfSweep | None = None
    ) -> "Future[None]":
        """Renames a sweep, or keeps what is wanted of it; SweepUnknown through the future if there
        is none.
        """
        said = {"name": name, "status": status}
        changes = {what: value for what, value in said.items() if value is not None}
        return self._recorder.submit(
            lambda connection: sweeps.change(connection, sweep_id, changes)
        )

    def extend_sweep(
        self, before: KeptSweep, after: KeptSweep, members: Sequence[NewRun]
    ) -> "Future[None]":
        """Adds queued runs to a sweep, wholly or not at all; SweepChanged through the future if it
        isn't as it was `before`, SweepUnknown if it was deleted.
        """
        now = self._clock()
        return self._recorder.submit(
            lambda connection: sweeps.extend(connection, before, after, members, now),
            size_bytes=sum(len(run.recipe or "") for run in members),
        )

    def delete_sweep(self, sweep_id: str, seen: Sequence[str] | None = None) -> "Future[None]":
        """Removes a sweep with all of its runs, as `delete_run` does; through the future
        SweepUnknown if there is none, SweepChanged if these aren't those that were `seen`.
        """
        return self._recorder.submit(
            lambda connection: sweeps.delete(connection, sweep_id, seen),
            lambda _nothing: self._tidying.begin(),
        )

    def stop_waiting(self, run_ids: Sequence[str]) -> "Future[None]":
        """Ends those of some runs that nobody trains and that haven't ended."""

        def publish(told: dict[str, Any]) -> None:
            for run_id, numbered in told.items():
                self._publish(run_id, numbered)

        return self._recorder.submit(
            lambda connection: sweeps.stop_waiting(connection, run_ids, self._clock()),
            publish,
            is_patient=True,
        )

    def create_continuation(self, run: NewRun) -> "Future[None]":
        """Adds a queued run that goes on from the one that it says it continues.

        RunUnknown through the future if that was deleted, StateNotKept if what it would begin with
        isn't kept.
        """
        return self._recorder.submit(
            lambda connection: beginnings.insert(connection, run, self._clock())
        )

    def delete_run(self, run_id: str) -> "Future[None]":
        """Removes a run; RunUnknown through the future if there is none.

        When the future resolves nobody can read it any more; its room is given back soon after.
        """
        return self._recorder.submit(
            lambda connection: mark_deleted(connection, run_id),
            lambda _nothing: self._tidying.begin(),
        )

    def remove_runs(self, deletion: str, run_ids: Sequence[str], seconds: float) -> "Future[float]":
        """Removes runs together, so that `take_back` can undo it for so many seconds at least;
        RunUnknown through the future if one isn't there, and then all stay.

        The future resolves to the end of that time, in seconds since 1970. What they told gives
        back its room some seconds after that, by the next server where this one has ended.
        """

        def take_out(connection: apsw.Connection) -> float:
            until = self._clock() + seconds
            removal.remove(connection, deletion, run_ids, until)
            return until

        return self._recorder.submit(take_out, self._tidying.begin_after)

    def remove_sweep(
        self, deletion: str, sweep_id: str, seconds: float, seen: Sequence[str] | None = None
    ) -> "Future[float]":
        """Removes a sweep with all of its runs, as `remove_runs` does; raises as `delete_sweep`."""

        def take_out(connection: apsw.Connection) -> float:
            until = self._clock() + seconds
            removal.remove_sweep(connection, deletion, sweep_id, seen, until)
            return until

        return self._recorder.submit(take_out, self._tidying.begin_after)

    def take_back(self, deletion: str) -> "Future[list[str]]":
        """Puts removed runs back as they were, with their sweep where that was removed, and
        resolves to their ids; through the future DeletionOver where it is too late, SweepRemoved
        where their sweep was removed after them.
        """
        return self._recorder.submit(lambda connection: removal.take_back(connection, deletion))

    def annotate_run(self, run_id: str, changes: dict[str, Any]) -> "Future[None]":
        """Keeps what people say of a run, whether it has ended or not; RunUnknown through the
        future if there is none.

        Args:
            changes: of `name`, `note` and `pinned` those that are said now; None takes one back.
        """
        return self._recorder.submit(lambda connection: runs.annotate(connection, run_id, changes))

    def record(
        self,
        run_id: str,
        events: Sequence[EncodedEvent],
        training_seconds: float,
        checkpoint: bytes | None = None,
        numerics: Numerics | None = None,
    ) -> "Future[None]":
        """Appends events to a run's log; the future resolves after commit and publication.

        While the disk has no room it waits, and so does all that is recorded after it.

        Args:
            training_seconds: how long the run has trained so far, pauses excluded.
            checkpoint: the state of training right after the events.
            numerics: what computes the run from here on, where that is said.
        """

        def append(connection: apsw.Connection) -> list[tuple[int, EncodedEvent]]:
            numbered = log.append(
                connection, run_id, events, training_seconds, self._clock(), checkpoint
            )
            thin(connection, run_id, events, self._stays)
            if numerics is not None:
                kept_numerics.keep(connection, run_id, numerics)
            return numbered

        return self._recorder.submit(
            append,
            lambda numbered: self._publish(run_id, numbered),
            is_patient=True,
            size_bytes=len(checkpoint or b"") + sum(event.size_bytes for event in events),
        )

    def create_external_run(
        self, run: NewRun, told: ExternalRun, attempt: ToldAttempt
    ) -> "Future[None]":
        """Adds a run that a program elsewhere tells; Overtaken through the future if its key is
        taken.
        """

        def add(connection: apsw.Connection) -> None:
            external_runs.insert(connection, told)
            external_attempts.add(connection, attempt)
            runs.insert(connection, run, self._clock())

        return self._recorder.submit(add)

    def record_external(
        self,
        before: ExternalRun,
        now: ExternalRun,
        events: Sequence[EncodedEvent],
        training_seconds: float,
        attempt: ToldAttempt | None = None,
    ) -> "Future[None]":
        """Appends events to the log of such a run, how far its telling is now and the attempt that
        begins, or nothing of it.

        Overtaken through the future if the run's telling wasn't as `before` any more, RunUnknown if
        it was deleted.
        """

        def append(connection: apsw.Connection) -> list[tuple[int, EncodedEvent]]:
            external_runs.replace(connection, before, now)
            if attempt is not None:
                external_attempts.add(connection, attempt)
            numbered = log.append(connection, now.run_id, events, training_seconds, self._clock())
            thin(connection, now.run_id, events, self._stays)
            return numbered

        return self._recorder.submit(
            append,
            lambda numbered: self._publish(now.run_id, numbered),
            size_bytes=len(now.telling or "") + sum(event.size_bytes for event in events),
        )

    def keep_crash_report(self, run_id: str, report: str) -> "Future[None]":
        """Keeps why a run's training broke, for whoever mends it."""
        return self._recorder.submit(
            lambda connection: crashes.keep(connection, run_id, report), is_patient=True
        )

    @property
    def trouble(self) -> str | None:
        """Why nothing can be written just now, in words; None if all is well."""
        return self._recorder.trouble

    @property
    def standstill(self) -> str | None:
        """Why nothing is recorded, in words, where the recorder itself hangs; None if all is
        well.
        """
        return self._recorder.heartbeat.trouble

    def _prepare(self, path: Path) -> None:
        try:
            migrate(self._writer)
            _check_after_unclean_stop(self._writer, path)
            self._interrupt_live_runs()
        except apsw.FullError:
            raise StoreError(f"the disk of {path} is full: make room and start again") from None
        except apsw.BusyError:
            raise StoreError(f"another program writes to {path}: end that one first") from None
        except DAMAGE as problem:
            raise _unusable(path, problem) from None

    def _interrupt_live_runs(self) -> None:
        """Interrupts whatever a worker trained, or was to train, when the last process ended.

        What waits in a sweep goes on waiting.
        """
        live = run_list.of_status(self._writer, LIVE, "own")
        left = [run for run in live if not run.is_waiting_in_sweep]
        self.waiting_at_open = [
            (run.sweep, run.id) for run in live if run.sweep and run.is_waiting_in_sweep
        ]
        try:
            self._interrupt(left)
        except (*DAMAGE, DataDamaged):  # of one of them, so that each is tried by itself
            for run in left:
                try:
                    self._interrupt([run])
                except (*DAMAGE, DataDamaged) as problem:
                    _LOG.error("run %s can't go on: %s", run.id, problem)

    def _interrupt(self, left: Sequence[runs.RunRow]) -> None:
        now = self._clock()
        with transaction(self._writer):
            for run in left:
                event = StatusChanged(step=run.step, status="interrupted")
                events = [encode(event, run.step)]
                log.append(self._writer, run.id, events, run.training_seconds, now)


def _check_after_unclean_stop(connection: apsw.Connection, path: Path) -> None:
    """Looks for damage if the last process didn't say goodbye, and notes that this one hasn't."""
    if not connection.execute("SELECT stopped_cleanly FROM session").get:
        report = connection.execute("PRAGMA integrity_check(1)").get
        if report != "ok":
            if not can_be_used(connection):
                raise _unusable(path, report)
            _LOG.error("%s is damaged (%s): runs that it concerns say so when read", path, report)
    connection.execute("UPDATE session SET stopped_cleanly = 0")


def _unusable(path: Path, problem: object) -> DatabaseUnusable:
    return DatabaseUnusable(
        f"{path} is damaged ({problem}): restore a copy, or have “salvage” make a new folder of "
        "what is whole, or point FILTERSCOPE_DATA at another folder"
    )
