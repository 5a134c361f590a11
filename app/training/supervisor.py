"""Looks after the worker processes: who trains what, who waits, who died."""

import contextlib
import itertools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Literal

from app.events import EncodedEvent
from app.recipe import Recipe
from app.training import notices
from app.training.assignment import Assignment, NotPossible, settle
from app.training.messages import Command, Job, Report
from app.training.process import WorkerProcess

__all__ = ["NotPossible", "Record", "Supervisor"]

Record = Callable[[str, list[EncodedEvent], float], "Future[None]"]

ENDED = "This run has ended. Start it again to train further."
_PAUSED_AT_MOST = 4  # runs that may wait in memory beyond those that train
_STOP_TOLD_AFTER_SECONDS = 1.0
_STOP_FORCED_AFTER_SECONDS = 10.0


class Supervisor:
    """Runs at most `runs_at_once` trainings in processes of their own; the rest wait in line.

    All state belongs to one thread; the public methods only hand it requests. A paused run gives
    up its turn but keeps its process, so that resuming is instant.

    Args:
        record: appends events to a run's log (run id, events, seconds trained so far); its future
            resolves when they are on disk.
        runs_at_once: how many runs may train at the same time.
        cache_folder: where workers keep generated data sets and null tables.
    """

    def __init__(self, *, record: Record, runs_at_once: int, cache_folder: Path) -> None:
        self._record = record
        self._runs_at_once = runs_at_once
        self._cache_folder = cache_folder
        self._requests: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ear, self._bell = Pipe(duplex=False)
        self._numbers = itertools.count(1)
        self._waiting: deque[Job] = deque()
        self._at_work: dict[str, Assignment] = {}
        self._idle: list[WorkerProcess] = []
        self._closing = False
        self._close_seconds = 0.0
        self._thread = threading.Thread(target=self._serve, name="supervisor", daemon=True)

    def open(self) -> None:
        """Starts looking after workers, with one warming up for the first run."""
        self._thread.start()

    def start(self, run_id: str, recipe: Recipe) -> None:
        """Puts a run in line; it begins at once if a place is free."""
        self._ask(lambda: self._waiting.append(Job(run_id, recipe)))

    def command(
        self,
        run_id: str,
        *,
        status: Literal["paused", "running", "stopped"] | None = None,
        learning_rate: float | None = None,
        advance: int | None = None,
    ) -> "Future[None]":
        """Asks a live run for a change; the future resolves when what it caused is recorded.

        Raises (through the future):
            NotPossible: the run can't do that now; the message says why.
        """
        asked: Future[None] = Future()
        command = Command(next(self._numbers), run_id, status, learning_rate, advance)
        self._ask(lambda: self._pass_on(command, asked))
        return asked

    def worker_of(self, run_id: str) -> int:
        """The process id of the worker that has a run in hand. Raises KeyError if none has."""
        return self._at_work[run_id].worker.pid

    def close(self, timeout_seconds: float) -> None:
        """Ends all workers within about `timeout_seconds`; live runs are left as interrupted."""
        self._close_seconds = timeout_seconds
        self._closing = True
        self._ask(lambda: None)
        self._thread.join()

    def _ask(self, request: Callable[[], None]) -> None:
        self._requests.put(request)
        self._bell.send_bytes(b".")

    def _serve(self) -> None:
        self._idle.append(WorkerProcess(self._cache_folder))
        while not self._closing:
            ready = set(wait(self._sources(), timeout=self._patience()))
            if self._ear in ready:
                self._ear.recv_bytes()
                self._requests.get()()
            for assignment in list(self._at_work.values()):
                if assignment.worker.connection in ready:
                    self._hear(assignment)
                elif assignment.worker.sentinel in ready:
                    self._bury(assignment)
            self._dismiss_dead_idlers(ready)
            self._press_stops()
            self._assign()
        self._shut_down()

    def _sources(self) -> list[Any]:
        sources: list[Any] = [self._ear]
        for assignment in self._at_work.values():
            sources += [assignment.worker.connection, assignment.worker.sentinel]
        return sources + [worker.sentinel for worker in self._idle]

    def _patience(self) -> float | None:
        stopping = any(run.stop_asked_at is not None for run in self._at_work.values())
        return _STOP_TOLD_AFTER_SECONDS / 4 if stopping else None

    def _assign(self) -> None:
        while self._waiting and self._has_room():
            job = self._waiting.popleft()
            worker = self._idle.pop() if self._idle else WorkerProcess(self._cache_folder)
            self._at_work[job.run_id] = Assignment(job.run_id, worker)
            with contextlib.suppress(OSError):  # a dead worker is buried when its end is seen
                worker.connection.send(job)

    def _has_room(self) -> bool:
        training = sum(not run.is_paused for run in self._at_work.values())
        at_most = self._runs_at_once + _PAUSED_AT_MOST
        return training < self._runs_at_once and len(self._at_work) < at_most

    def _pass_on(self, command: Command, asked: "Future[None]") -> None:
        assignment = self._at_work.get(command.run_id)
        if assignment is None:
            self._answer_waiting(command, asked)
            return
        assignment.unanswered[command.number] = asked
        if command.status == "stopped" and assignment.stop_asked_at is None:
            assignment.stop_asked_at = time.monotonic()
        with contextlib.suppress(OSError):
            assignment.worker.connection.send(command)

    def _answer_waiting(self, command: Command, asked: "Future[None]") -> None:
        job = next((job for job in self._waiting if job.run_id == command.run_id), None)
        if job is None:
            settle(asked, NotPossible(ENDED))
        elif command.status != "stopped":
            settle(asked, NotPossible("This run waits for its turn; until then it can be stopped."))
        else:
            self._waiting.remove(job)
            recorded = self._record(job.run_id, [notices.stopped(0)], 0.0)
            recorded.add_done_callback(lambda done: settle(asked, done.exception()))

    def _hear(self, assignment: Assignment) -> None:
        try:
            while assignment.worker.connection.poll():
                self._note(assignment, assignment.worker.connection.recv())
        except (EOFError, OSError):
            self._bury(assignment)

    def _note(self, assignment: Assignment, report: Report) -> None:
        is_stray = self._at_work.get(report.run_id) is not assignment
        if is_stray or assignment.last_word is not None:
            return
        if report.events:
            assignment.step = report.events[-1].step
        assignment.training_seconds = report.training_seconds
        assignment.is_paused = report.is_paused
        recorded = self._record(report.run_id, report.events, report.training_seconds)
        recorded.add_done_callback(lambda done: self._check_recorded(done, assignment))
        assignment.answer(report.answers, recorded)
        if report.is_over:
            self._release(assignment)
            self._keep_or_close(assignment.worker)

    def _check_recorded(self, recorded: "Future[None]", assignment: Assignment) -> None:
        if recorded.exception() is not None:
            self._ask(lambda: self._give_up(assignment))

    def _give_up(self, assignment: Assignment) -> None:
        """What a run told can't be kept: it ends here rather than going on with a gap."""
        if assignment.run_id in self._at_work:
            assignment.last_word = notices.unrecorded(assignment.step)
            assignment.worker.kill()

    def _release(self, assignment: Assignment) -> None:
        self._at_work.pop(assignment.run_id, None)
        assignment.refuse_unanswered(ENDED)

    def _keep_or_close(self, worker: WorkerProcess) -> None:
        if self._idle:
            worker.close(0.5)
        else:
            self._idle.append(worker)

    def _bury(self, assignment: Assignment) -> None:
        """A worker died with a run in hand: the run says so, and a new worker warms up."""
        if assignment.run_id not in self._at_work:
            return
        how = assignment.worker.how_it_ended()
        last = assignment.last_word or notices.died(assignment.step, how)
        self._record(assignment.run_id, [last], assignment.training_seconds)
        self._release(assignment)
        assignment.worker.close(0.5)
        if not self._idle:
            self._idle.append(WorkerProcess(self._cache_folder))

    def _dismiss_dead_idlers(self, ready: set[Any]) -> None:
        for worker in [worker for worker in self._idle if worker.sentinel in ready]:
            self._idle.remove(worker)
            worker.close(0.5)

    def _press_stops(self) -> None:
        """Reports a worker deep in a long update as stopping, and ends it if it takes too long."""
        for run in list(self._at_work.values()):
            if run.stop_asked_at is None:
                continue
            waited = time.monotonic() - run.stop_asked_at
            if waited > _STOP_TOLD_AFTER_SECONDS and not run.stopping_told:
                run.stopping_told = True
                stopping = notices.status("stopping", run.step)
                self._record(run.run_id, [stopping], run.training_seconds)
            if waited > _STOP_FORCED_AFTER_SECONDS:
                run.last_word = notices.stopped(run.step)
                run.worker.kill()

    def _shut_down(self) -> None:
        for job in self._waiting:
            self._record(job.run_id, [notices.status("interrupted", 0)], 0.0)
        for run in list(self._at_work.values()):
            interrupted = notices.status("interrupted", run.step)
            self._record(run.run_id, [interrupted], run.training_seconds)
            self._idle.append(run.worker)
            run.refuse_unanswered("The server is shutting down.")
        for worker in self._idle:
            worker.connection.close()
        deadline = time.monotonic() + self._close_seconds
        for worker in self._idle:
            worker.close(max(0.0, deadline - time.monotonic()))
