"""The runs that workers have in hand."""

import time
from collections.abc import Callable, Collection
from concurrent.futures import Future
from multiprocessing.connection import wait
from typing import Any

from ..events import Cause, Status
from ..past import Handover, Past
from . import server_events, stops, waits
from .archive import Archive
from .assignment import Assignment, NotPossible, settle
from .bell import Bell
from .containment import contained
from .endings import Endings
from .holding import Pool, Worker
from .last_words import LastWords
from .messages import Command, Hold, Job, Leave
from .reports import Reports
from .requests import Requests
from .run_queue import QueuedRun
from .stalls import StallWatch

NO_ROOM = "The disk is full. Make room, and this run goes on by itself."
_LAST_WORDS_SECONDS = 1.0  # what a dead worker said before may be on its way
CLOSING = "The server is shutting down."


class Assignments:
    """All assignments of the moment. Belongs to the supervisor's thread.

    Where the server itself meets an error with a run, that run alone ends.

    Args:
        archive: keeps what runs tell.
        pool: the workers.
        last_words: records how runs ended.
        requests: has something done in the supervisor's thread.
        bell: rings when a worker has reported.
        stalled_seconds: of silence, until a worker is said to stand still.
    """

    def __init__(
        self,
        archive: Archive,
        pool: Pool,
        last_words: LastWords,
        requests: Requests,
        bell: Bell,
        stalled_seconds: float,
    ) -> None:
        self._archive = archive
        self._pool = pool
        self._runs: dict[str, Assignment] = {}
        self._endings = Endings(self._runs, archive, pool, last_words)
        self._reports = Reports(
            self._runs, archive, pool, self._endings, last_words, requests.ask, bell
        )
        self._stalls = StallWatch(archive, stalled_seconds)
        self._is_held = False

    def unless_it_dies(self, goes_on: Callable[[Assignment], bool]) -> None:
        """Has `goes_on` asked of runs whose worker died; those of which it is true don't end."""
        self._endings.unless(goes_on)

    def __len__(self) -> int:
        return len(self._runs)

    @property
    def training(self) -> int:
        """How many runs train, rather than pause."""
        return sum(not run.is_paused for run in self._runs.values())

    @property
    def training_alone(self) -> int:
        """How many of them were asked for alone, not as one of a sweep."""
        return sum(not (run.is_paused or run.of_sweep) for run in self._runs.values())

    def sentinels(self) -> list[Any]:
        """Returns what becomes ready when a worker dies."""
        return [run.worker.sentinel for run in self._runs.values() if run.died_at is None]

    @property
    def workers(self) -> list[Worker]:
        """The workers that have a run in hand."""
        return [run.worker for run in self._runs.values()]

    def find(self, run_id: str) -> Assignment | None:
        """Finds the assignment of a run, if a worker has it in hand."""
        return self._runs.get(run_id)

    def begin(
        self,
        queued: QueuedRun,
        past: Past | None,
        worker: Worker,
        beginning: Handover | None = None,
    ) -> None:
        """Gives a run to a worker: from its beginning, or on from its past."""
        run = Assignment(
            queued.run_id,
            worker,
            step=queued.step,
            training_seconds=queued.training_seconds,
            is_paused=queued.status == "paused",
            of_sweep=queued.of_sweep,
            has_begun=queued.is_resumed and queued.status != "queued",
            is_waiting=not worker.mail.has_place,
        )
        with self._endings.alone(run):
            self._runs[run.run_id] = run
            if run.has_begun and run.is_waiting:
                run.waits_by = "restart"
            elif run.has_begun:
                self._tell_status(run, queued.status, "restart")
            run.send(Job(queued.run_id, queued.recipe, past, beginning))

    def pass_on(self, run: Assignment, command: Command, asked: "Future[None]") -> None:
        """Sends a command to the run's worker; `asked` resolves when its effect is on disk."""
        instruction = command.instruction
        if self._is_held and (instruction.status == "running" or instruction.advance is not None):
            settle(asked, NotPossible(NO_ROOM))
            return
        run.unanswered[command.number] = asked
        if instruction.status == "stopped":
            stops.ask_to_stop(run, asked)
        run.send(command)

    def hear(self, ready: Collection[Any]) -> None:
        """Takes in what workers report, and buries those that died."""
        for run in list(self._runs.values()):
            with self._endings.alone(run):
                if not self._reports.take_in(run) or self._is_long_dead(run):
                    self._endings.bury(run)
                elif run.worker.sentinel in ready and self.find(run.run_id) is run:
                    run.died_at = time.monotonic()
                    run.worker.kill()  # what it has forked may keep its pipes open

    def _is_long_dead(self, run: Assignment) -> bool:
        """Tells whether the last words of a dead worker have been awaited long enough."""
        return run.died_at is not None and time.monotonic() - run.died_at > _LAST_WORDS_SECONDS

    def end_unreachable(self) -> None:
        """Ends the runs whose workers can't be waited for."""
        for run in list(self._runs.values()):
            with self._endings.alone(run):
                wait([run.worker.sentinel], 0)

    def hold(self, is_held: bool) -> None:
        """Lets no run train while what it tells can't be kept, and says so in its log."""
        self._is_held = is_held
        for run in [run for run in self._runs.values() if run.is_held != is_held]:
            with self._endings.alone(run):
                run.is_held = is_held
                run.send(Hold(run.run_id, is_held))
                if not (run.is_paused or run.is_waiting):
                    self._tell_status(run, "paused" if is_held else "running", "disk_full")

    @property
    def is_stopping(self) -> bool:
        """Whether somebody waits for a run to end."""
        return any(run.stop_asked_at or run.died_at for run in self._runs.values())

    def press_stops(self) -> None:
        """Reports a worker deep in a long update as stopping, and ends it if it takes too long."""
        for run in list(self._runs.values()):
            with self._endings.alone(run):
                stops.press(run, self._archive)

    def watch(self) -> None:
        """Says which workers stand still, and which go on again; and which runs of a cluster wait
        for one.
        """
        self._stalls.look()
        for run in list(self._runs.values()):
            with self._endings.alone(run):
                waits.judge(run, self._archive)
                if not run.is_waiting:
                    self._stalls.judge(run)

    def leave(self, deadline: float) -> None:
        """Has every worker report a last checkpoint by `deadline`, then ends them all."""
        for run in self._runs.values():
            run.send(Leave())
        with contained("taking in what workers report last"):
            self._reports.take_in_last(deadline)
        for run in list(self._runs.values()):
            with contained(f"leaving run {run.run_id}"):
                self._tell_status(run, "interrupted")
                run.refuse_unanswered(CLOSING)

    def _tell_status(self, run: Assignment, status: Status, cause: Cause | None = None) -> None:
        event = server_events.status(status, run.step, cause)
        self._archive.record(run.run_id, [event], run.training_seconds)
