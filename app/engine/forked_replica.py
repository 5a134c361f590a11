"""A replica in a forked process, with an interpreter and its lock of its own."""

import weakref
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .forked_process import ForkedProcess
from .replica import Arrays, Replica
from .shard import Shard, Work
from .shared import NOWHERE, SharedPlace, array_at, newest_block, place_of, shared_zeros


class Task(NamedTuple):
    """A request to a forked replica: the shard, what to do with it, and on which arrays."""

    shard: Shard
    work: Work
    arrays: Arrays


class ForkedReplica(Replica):
    """A process forked at its first task: a copy of this one, with an interpreter of its own.

    Both see the parameters, the shards' gradients and answers and the buffers below; all other
    memory is each one's own. Images that lie in memory that both see are read there, others are
    copied into a buffer. A pipe carries two bytes for each task there and one back; its end
    ends the process, however this one ended. Should the process end first, or stand still and so
    be ended, its tasks are done here, now and from then on: speed is lost, nothing else.

    Args:
        shards: those that it works on.
        find_core: looks for a core of its own, in the process, before each task.
    """

    def __init__(self, shards: Sequence[Shard], find_core: Callable[[], None]) -> None:
        self._shards = shards
        self._find_core = find_core
        self._buffers = [
            (
                shared_zeros((shard.named, *shard.input_shape), shard.dtype),
                shared_zeros((shard.named,), np.int64),
            )
            for shard in shards
        ]
        # Where each shard's images lie, if not in its buffer.
        self._places = shared_zeros((len(shards), 2), np.int64)
        self._known_blocks = 0
        self._tasks: list[Task] = []
        self._process: ForkedProcess | None = None

    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Put the parts where the process sees them, and ask."""
        if self._process is None:
            self._known_blocks = newest_block()
            self._process = ForkedProcess(self._carry_out)
            weakref.finalize(self, self._process.dismiss)
        for number, arrays in enumerate(parts):
            self._places[number] = self._seen_by_both(number, arrays[0])
            task = self._task(number, work)
            for buffer, array in zip(task.arrays, arrays, strict=True):
                if buffer.base is not array.base:
                    buffer[...] = array
            self._tasks.append(task)
            self._process.ask(number, work)

    def end(self) -> None:
        """Wait for its answers."""
        tasks, self._tasks = self._tasks, []
        for shard, work, arrays in tasks:
            if self._process and not self._process.has_answered():
                shard.do(work, arrays)

    def _task(self, number: int, work: Work) -> Task:
        shard = self._shards[number]
        images = shard.takes(work)
        arrays = [buffer[:images] for buffer in self._buffers[number][: work.arrays]]
        place = SharedPlace(*self._places[number].tolist())
        if place.block:
            arrays[0] = array_at(place, (images, *shard.input_shape), shard.dtype)
        return Task(shard, work, arrays)

    def _seen_by_both(self, number: int, images: NDArray[Any]) -> SharedPlace:
        """Tell where images lie that the process can read as they are; block 0 if it can't."""
        place = place_of(images)
        is_known = 0 < place.block <= self._known_blocks
        return place if is_known and images.dtype == self._shards[number].dtype else NOWHERE

    def _carry_out(self, number: int, work: int) -> None:
        """Do a task, in the process."""
        self._find_core()
        shard, kind, arrays = self._task(number, Work(work))
        shard.do(kind, arrays)
