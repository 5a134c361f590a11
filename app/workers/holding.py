"""What the supervisor asks of a worker, wherever that trains, and of those who make workers."""

from collections.abc import Collection
from concurrent.futures import Future
from typing import Any, NamedTuple, Protocol

from .messages import Report


class Lost(Protocol):
    """What is known of a worker that ended with a run in hand."""

    @property
    def words(self) -> str:
        """How it ended, for the page."""
        ...

    @property
    def advice(self) -> str:
        """What to try next."""
        ...

    def report(self, run_id: str, step: int) -> str:
        """Returns all that helps to find out why."""
        ...


class WorkerMail(Protocol):
    """What is said to a worker, and what it says; `Mail` says more of each."""

    has_ended: bool

    @property
    def silent_seconds(self) -> float:
        """How long it gave no sign of going on."""
        ...

    @property
    def has_place(self) -> bool:
        """Whether somebody has the run by now, rather than that it waits for a machine."""
        ...

    def send(self, message: NamedTuple) -> None:
        """Tells the worker, as soon as it listens."""
        ...

    def hang_up(self) -> None:
        """Tells the worker that nothing follows."""
        ...

    def take(self) -> Report | None:
        """Returns the next report, if there is one."""
        ...

    def noted(self, recorded: "Future[None]") -> None:
        """Takes down that what was taken last is being recorded."""
        ...


class Worker(Protocol):
    """One that trains a run; `WorkerProcess` says more of each."""

    pid: int
    sentinel: Any
    is_closed: bool

    @property
    def mail(self) -> WorkerMail:
        """What is said to it, and what it says."""
        ...

    def kill(self) -> None:
        """Ends it at once."""
        ...

    def close(self, timeout_seconds: float) -> None:
        """Lets it go."""
        ...

    def discard(self) -> None:
        """Ends it at once; what goes wrong in that is only logged."""
        ...

    def how_it_ended(self, peak_memory_bytes: int) -> Lost:
        """Says what is known of its end."""
        ...


class Pool(Protocol):
    """Makes workers, hands them out and takes them back; `WorkerPool` says more of each."""

    def warm_one(self) -> None:
        """Sees to it that a worker warms up for the next run."""
        ...

    def sentinels(self) -> list[Any]:
        """Returns what becomes ready when an idle worker dies."""
        ...

    def take(self) -> Worker:
        """Takes a worker to work with."""
        ...

    def take_back(self, worker: Any) -> None:
        """Keeps, or ends, a worker whose run is over."""
        ...

    def let_go(self, worker: Any) -> None:
        """Ends a worker at once."""
        ...

    def dismiss_dead(self, ready: Collection[Any]) -> None:
        """Forgets idle workers that have died."""
        ...

    def dismiss_unreachable(self) -> None:
        """Forgets idle workers that can't be waited for."""
        ...

    def dismiss_lost(self, in_hand: Collection[Any], silent_seconds: float) -> None:
        """Ends workers that nobody has in hand."""
        ...

    def dismiss_all(self, deadline: float) -> None:
        """Ends all workers."""
        ...

    def kill_all(self) -> None:
        """Ends all workers at once; for any thread."""
        ...

    def clear_traces(self) -> None:
        """Removes what workers of a server that was killed left behind."""
        ...
