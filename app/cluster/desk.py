"""Leases as tasks of a Dask scheduler: submitted, looked after, submitted again, released."""

import contextlib
import itertools
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .knocking import Unreachable
from .notices import ClusterState, Notice, Release, Submit, TaskLost, TaskPlaced, Where
from .reaching import check_versions, reached
from .task import train

_AGAIN_AFTER_SECONDS = 2.0
_UNFIT_AGAIN_AFTER_SECONDS = 30.0
_LOOKED_AT_SECONDS = 1.0
_NOT_READ = "deserialization of the task graph"  # what a scheduler says that lacks it
_GONE = ("cancelled", "lost")


class _Submitted(NamedTuple):
    future: Any
    at: float


class Desk:
    """All leases that want a task. Belongs to one thread.

    Args:
        where: the scheduler and the server are.
        tell: takes what the server is to know.
    """

    def __init__(self, where: Where, tell: Callable[[Notice], None]) -> None:
        self._where = where
        self._tell = tell
        self._client: Any = None
        self._leases: dict[str, _Submitted | None] = {}
        self._placed: dict[str, str] = {}  # leases whose tasks a worker has
        self._workers: set[str] = set()  # whose versions were looked at
        self._due = 0.0  # a `time.monotonic`, when the scheduler is asked again
        self._resting_until = 0.0  # the same, when tasks are given out again
        self._unfit: str | None = None
        self._numbers = itertools.count(1)

    def hear(self, message: Submit | Release) -> None:
        """Notes a lease, or lets its task go."""
        if isinstance(message, Submit):
            self._leases.setdefault(message.lease, None)
        else:
            submitted = self._leases.pop(message.lease, None)
            self._let_go(submitted)

    def turn(self) -> None:
        """Does what is due: asks the scheduler, gives tasks out, looks how they fare."""
        now = time.monotonic()
        try:
            if self._client is None:
                if now >= self._due:
                    self._connect()
                return
            if self._client.status != "running":
                raise Unreachable(f"The scheduler at {self._where.scheduler} is gone.")
            self._look_at_tasks()
            self._give_out(now)
            if now >= self._due:
                self._due = now + _LOOKED_AT_SECONDS
                self._look()
        except Unreachable as why:
            self._lose_scheduler(str(why))
        except Exception as problem:  # Dask raises what it likes when a line breaks
            words = f"The scheduler at {self._where.scheduler} is in trouble"
            self._lose_scheduler(f"{words} ({type(problem).__name__}).")

    def close(self) -> None:
        """Lets all tasks go, and the scheduler."""
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.close(timeout=1)

    def _connect(self) -> None:
        self._due = time.monotonic() + _AGAIN_AFTER_SECONDS
        self._client = reached(self._where.scheduler)
        self._due = 0.0

    def _look(self) -> None:
        workers = self._client.nthreads()
        if set(workers) - self._workers:
            check_versions(self._client, self._where.scheduler)
        self._workers, threads = set(workers), workers.values()
        trouble = self._unfit if time.monotonic() < self._resting_until else None
        self._tell(ClusterState(len(threads), sum(threads), trouble))
        has = {key: name for name, keys in self._client.processing().items() for key in keys}
        self._place(
            {
                lease: has[submitted.future.key]
                for lease, submitted in self._leases.items()
                if submitted is not None and submitted.future.key in has
            }
        )

    def _place(self, placed: dict[str, str]) -> None:
        """Tells which tasks have come to a worker, or are at none any more."""
        for lease in self._leases:
            if placed.get(lease) != self._placed.get(lease):
                self._tell(TaskPlaced(lease, placed.get(lease)))
        self._placed = placed

    def _give_out(self, now: float) -> None:
        if now < self._resting_until:
            return
        for lease in [lease for lease, submitted in self._leases.items() if submitted is None]:
            where = self._where
            future = self._client.submit(
                train,
                *(where.server, where.token, lease),
                key=f"filterscope-{lease[:8]}-{next(self._numbers)}",
                pure=False,
            )
            self._leases[lease] = _Submitted(future, now)

    def _look_at_tasks(self) -> None:
        for lease, submitted in list(self._leases.items()):
            if submitted is None or submitted.future.status == "pending":
                continue
            status = submitted.future.status
            if status in _GONE:
                self._leases[lease] = None
            elif status == "finished":
                self._note_return(lease, submitted.future.result())
            else:
                self._note_error(lease, submitted.future)

    def _note_return(self, lease: str, returned: dict[str, str]) -> None:
        """Takes down how a task ended whose lease the server holds still."""
        match returned["outcome"]:
            case "died":
                self._lose(lease, returned["words"])
            case "unfit":
                self._rest(lease, returned["words"])
            case _:  # it was shut out by another, or couldn't reach the server
                self._again(lease)

    def _note_error(self, lease: str, future: Any) -> None:
        problem = future.exception()
        if isinstance(problem, ImportError) or _NOT_READ in str(problem):
            words = "The cluster's scheduler or workers lack Filterscope of this version"
            self._rest(lease, f"{words}: install it there, too.")
        elif type(problem).__name__ == "KilledWorker":
            self._lose(lease, "took several of the cluster's workers down with it")
        else:
            self._lose(lease, f"broke with {type(problem).__name__}: {str(problem)[:200]}")

    def _again(self, lease: str) -> None:
        submitted = self._leases[lease]
        rested = submitted is None or time.monotonic() - submitted.at > _LOOKED_AT_SECONDS
        if rested:
            self._leases[lease] = None

    def _rest(self, lease: str, words: str) -> None:
        self._unfit = words
        self._resting_until = time.monotonic() + _UNFIT_AGAIN_AFTER_SECONDS
        self._leases[lease] = None
        self._due = 0.0

    def _lose(self, lease: str, words: str) -> None:
        self._let_go(self._leases.pop(lease, None))
        self._tell(TaskLost(lease, words))

    def _lose_scheduler(self, words: str) -> None:
        self.close()
        self._client = None
        self._leases = dict.fromkeys(self._leases)
        self._place({})
        self._workers = set()
        self._due = time.monotonic() + _AGAIN_AFTER_SECONDS
        self._tell(ClusterState(trouble=words))

    def _let_go(self, submitted: _Submitted | None) -> None:
        """Lets a task that waits be forgotten; one that runs learns from the server that it isn't
        wanted.
        """
        if submitted is not None:
            with contextlib.suppress(Exception):
                submitted.future.release()
