"""What the server and its process beside the scheduler say to each other. Imports nothing heavy."""

from typing import Literal, NamedTuple

Outcome = Literal["over", "died", "unfit"]


class Where(NamedTuple):
    """Where the scheduler is, and where tasks find the server.

    Attributes:
        scheduler: as Dask writes addresses: tcp://host:8786, or tls://host:8786.
        server: the server's address as the workers reach it.
        token: with which they may report; None where none is asked for.
    """

    scheduler: str
    server: str
    token: str | None


class Submit(NamedTuple):
    """To the process: see to it that a task trains what belongs to this lease."""

    lease: str


class Release(NamedTuple):
    """To the process: no task is wanted any more."""

    lease: str


class ClusterState(NamedTuple):
    """From the process: how the cluster stands.

    Attributes:
        workers: of the scheduler.
        threads: of all of them: as many tasks run at a time.
        trouble: why no run can be trained there just now, as a sentence; None if all is well.
    """

    workers: int = 0
    threads: int = 0
    trouble: str | None = None


class TaskPlaced(NamedTuple):
    """From the process: which of its workers the scheduler has given a task to; None: to none."""

    lease: str
    worker: str | None


class TaskLost(NamedTuple):
    """From the process: nobody will train what belongs to this lease, and why."""

    lease: str
    words: str


Notice = ClusterState | TaskPlaced | TaskLost
