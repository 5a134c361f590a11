"""A replica works on some of a batch's shards while others work on theirs; here, a thread."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from .arrays import Array, Labels
from .chunks import Chunks
from .shard import Shard

Batch = tuple[Array, Labels]


def learn(shards: Sequence[Shard], parts: Sequence[Batch]) -> None:
    """Have the first shards, one for each part, learn from it."""
    for shard, part in zip(shards, parts, strict=False):
        shard.learn(*part)


class Replica(ABC):
    """Works on shards of its own while the caller works on others.

    `end` follows each beginning; without one it does nothing.
    """

    @abstractmethod
    def begin_learning(self, parts: Sequence[Batch]) -> None:
        """Start on the first shards, one for each part."""

    @abstractmethod
    def begin_answering(self, images: Array) -> None:
        """Start to take chunks of the deal, whose images these are."""

    @abstractmethod
    def sees(self, images: Array) -> bool:
        """Tell whether it can take chunks of these."""

    @abstractmethod
    def end(self) -> None:
        """Wait until all is done; raises what went wrong."""


class ThreadReplica(Replica):
    """A thread of this process. NumPy lets go of the interpreter; between its calls one waits."""

    def __init__(self, shards: Sequence[Shard], chunks: Chunks) -> None:
        self._shards = shards
        self._chunks = chunks
        self._thread = ThreadPoolExecutor(1, "engine")
        self._begun: Future[None] | None = None

    def begin_learning(self, parts: Sequence[Batch]) -> None:
        """Hand over."""
        self._begin(lambda: learn(self._shards, parts))

    def begin_answering(self, images: Array) -> None:
        """Hand over."""
        self._begin(lambda: self._chunks.answer(self._shards[0], images))

    def sees(self, images: Array) -> bool:
        """Threads see all memory."""
        return True

    def end(self) -> None:
        """Wait for the thread."""
        begun, self._begun = self._begun, None
        if begun:
            begun.result()

    def _begin(self, task: Callable[[], None]) -> None:
        self._begun = self._thread.submit(task)
