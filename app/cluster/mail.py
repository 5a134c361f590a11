"""What a task of a cluster and the supervisor say to each other, as mail to a worker."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from ..workers import server_events
from ..workers.assignment import settle, settle_when
from ..workers.messages import Command, Hold, Job, Leave, Report
from .task_place import TaskPlace
from .wire import Said


class AttemptOver(Exception):
    """Another attempt tells this run, or nobody does any more."""


class ReportMissing(Exception):
    """Something is missing before a report."""

    def __init__(self, wanted: int) -> None:
        super().__init__(wanted)
        self.wanted = wanted


class _Arrived(NamedTuple):
    report: Report
    recorded: "Future[None]"


class RemoteMail:
    """Keeps what is said until the task asks, and what it reports until the supervisor takes it.

    Any thread may use it.

    Args:
        ring: called when there is something to take in.
        submit: called when there is a job that a task may begin.

    Attributes:
        has_ended: whether nothing will come any more; what came before may still wait.
    """

    def __init__(self, ring: Callable[[], None], submit: Callable[[], None]) -> None:
        self._ring = ring
        self._submit = submit
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._attempt = 0
        self._wanted = 1
        self._said: dict[int, Command | Hold | Leave] = {}
        self._numbers = 0
        self._unread: deque[_Arrived] = deque()
        self._unrecorded: set[Future[None]] = set()
        self._untaken: set[Future[None]] = set()  # of these, what nobody records yet
        self._newest: Future[None] | None = None
        self._noting: _Arrived | None = None
        self._heard_at: float | None = None
        self._place = TaskPlace()
        self.has_ended = False

    @property
    def silent_seconds(self) -> float:
        """How long a task that had begun gave no sign of going on; 0 before any did."""
        heard_at = self._heard_at
        return 0.0 if heard_at is None else time.monotonic() - heard_at

    @property
    def has_place(self) -> bool:
        """Tells whether a worker of the cluster has the run, rather than that it waits for one."""
        return self._place.is_at_worker

    def place(self, worker: str | None) -> None:
        """Notes which worker the scheduler has given the task to."""
        self._place.give(worker)
        self._ring()

    @property
    def job(self) -> Job | None:
        """What the task is to train, once that is known."""
        return self._job

    def send(self, message: NamedTuple) -> None:
        """Tells the task when it next asks; the job, when it begins."""
        if isinstance(message, Job):
            self._job = message
            self._submit()  # not before: a task that finds no job takes it that none is wanted
        elif isinstance(message, Leave):
            self.end()  # who would answer it can't reach a server that closes
        elif isinstance(message, Command | Hold):
            with self._lock:
                is_stop = isinstance(message, Command) and message.instruction.status == "stopped"
                if is_stop and not self._attempt and self._job is not None:
                    self._unread.append(_Arrived(_stopped(self._job, message), Future()))
                    self.has_ended = True
                else:
                    self._say(message)
            self._ring()

    def hang_up(self) -> None:
        """Shuts the task out."""
        self.end()

    def take(self) -> Report | None:
        """Returns the next report, if there is one."""
        if self._noting is not None:  # nobody wanted the one before
            self._refuse(self._noting.recorded)
            self._noting = None
        with self._lock:
            if not self._unread:
                return None
            self._noting = arrived = self._unread.popleft()
        return arrived.report

    def noted(self, recorded: "Future[None]") -> None:
        """Takes down that what was taken last is being recorded."""
        if self._noting is not None:
            self._untaken.discard(self._noting.recorded)
            settle_when(recorded, self._noting.recorded)
            self._noting = None

    def forget(self) -> None:
        """Leaves unread what a task says that was let go."""
        with self._lock:
            self._unread.clear()
            untaken = list(self._untaken)
        for future in untaken:
            self._refuse(future)

    def end(self) -> None:
        """Takes nothing more from the task; what it has sent can still be taken."""
        with self._lock:
            if self.has_ended:
                return
            self.has_ended = True
        self._ring()

    def begin(self, worker: str = "") -> tuple[int, "list[Future[None]]"]:
        """Begins an attempt at a worker; returns its number, and what of the others isn't on disk
        yet.

        Raises:
            AttemptOver: the run needs none.
        """
        with self._lock:
            if self.has_ended or self._job is None:
                raise AttemptOver
            self._attempt += 1
            self._wanted = 1
            self._heard_at = time.monotonic()
            self._place.begin(worker)
            begun = self._attempt, list(self._unrecorded)
        self._ring()
        return begun

    def arrive(self, attempt: int, number: int, report: Report) -> "Future[None]":
        """Takes in a report, once; the future resolves when it is on disk.

        Raises:
            AttemptOver: another attempt tells the run now, or none.
            ReportMissing: this isn't the one that is wanted next, nor the one before.
        """
        with self._lock:
            self._check(attempt)
            self._heard_at = time.monotonic()
            self._place.hear()
            if number == self._wanted - 1 and self._newest is not None:
                return self._newest
            if number != self._wanted:
                raise ReportMissing(self._wanted)
            self._wanted += 1
            recorded: Future[None] = Future()
            self._newest = recorded
            self._unrecorded.add(recorded)
            self._untaken.add(recorded)
            recorded.add_done_callback(self._unrecorded.discard)
            self._unread.append(_Arrived(report, recorded))
            if report.answers is not None:
                self._forget(report.answers)
        self._ring()
        return recorded

    def ask(self, attempt: int, heard: int, *, goes_on: bool) -> list[Said]:
        """Returns what the task hasn't heard. Raises AttemptOver where it has no say.

        Args:
            heard: the number of what it heard last.
            goes_on: whether it has worked since it last asked.
        """
        with self._lock:
            self._check(attempt)
            self._place.hear()
            if goes_on:
                self._heard_at = time.monotonic()
            return [Said(*one) for one in self._said.items() if one[0] > heard]

    def _refuse(self, asked: "Future[None]") -> None:
        self._untaken.discard(asked)
        settle(asked, AttemptOver())

    def _check(self, attempt: int) -> None:
        if self.has_ended or attempt != self._attempt:
            raise AttemptOver

    def _say(self, message: Command | Hold) -> None:
        self._numbers += 1
        if isinstance(message, Hold):
            self._said = {
                number: said for number, said in self._said.items() if not isinstance(said, Hold)
            }
        self._said[self._numbers] = message

    def _forget(self, command: int) -> None:
        """Lets go of a command that was answered; the next attempt is told the others again."""
        with contextlib.suppress(StopIteration):
            answered = (
                number
                for number, said in self._said.items()
                if isinstance(said, Command) and said.number == command
            )
            del self._said[next(answered)]


def _stopped(job: Job, command: Command | Hold) -> Report:
    """Answers a stop for a task that hasn't begun: what nobody trains has stopped where it is."""
    step = 0 if job.past is None else job.past.step
    return Report(
        run_id=job.run_id,
        events=[server_events.stopped(step)],
        training_seconds=0.0 if job.past is None else job.past.training_seconds,
        is_paused=False,
        is_over=True,
        answers=command.number if isinstance(command, Command) else None,
    )
