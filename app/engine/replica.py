"""A replica works on some of a batch's shards while others work on theirs; here, a thread."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from numpy.typing import NDArray

from .shard import Shard, Work

Arrays = Sequence[NDArray[Any]]


def work_through(shards: Sequence[Shard], work: Work, parts: Sequence[Arrays]) -> None:
    """Have the first shards, one for each part, do such work on it."""
    for shard, arrays in zip(shards, parts, strict=False):
        shard.do(work, arrays)


class Replica(ABC):
    """Works on shards of its own while the caller works on others.

    `end` follows each `begin`; without one it does nothing.
    """

    @abstractmethod
    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Start on the first shards, one for each part: what to work on."""

    @abstractmethod
    def end(self) -> None:
        """Wait until all is done; raises what went wrong."""


class ThreadReplica(Replica):
    """A thread of this process. NumPy lets go of the interpreter; between its calls one waits."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = shards
        self._thread = ThreadPoolExecutor(1, "engine")
        self._begun: Future[None] | None = None

    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Hand over."""
        self._begun = self._thread.submit(work_through, self._shards, work, parts)

    def end(self) -> None:
        """Wait for the thread."""
        begun, self._begun = self._begun, None
        if begun:
            begun.result()
