"""A replica in a forked process, with an interpreter and its lock of its own."""

import weakref
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from .forked_process import ForkedProcess
from .replica import Arrays, Replica
from .shard import Shard, Work
from .shared import shared_zeros


class Task(NamedTuple):
    """A request to a forked replica: the shard, what to do with it, and on which arrays."""

    shard: Shard
    work: Work
    arrays: Arrays


class ForkedReplica(Replica):
    """A process forked at its first task: a copy of this one, with an interpreter of its own.

    Both see the parameters, the shards' gradients and answers and the buffers below; all other
    memory is each one's own. A pipe carries two bytes for each task there and one back; its end
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
        self._tasks: list[Task] = []
        self._process: ForkedProcess | None = None

    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Put the parts where the process sees them, and ask."""
        if self._process is None:
            self._process = ForkedProcess(self._carry_out)
            weakref.finalize(self, self._process.dismiss)
        for number, arrays in enumerate(parts):
            task = self._task(number, work)
            for buffer, array in zip(task.arrays, arrays, strict=True):
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
        buffers = self._buffers[number][: work.arrays]
        return Task(shard, work, [buffer[:images] for buffer in buffers])

    def _carry_out(self, number: int, work: int) -> None:
        """Do a task, in the process."""
        self._find_core()
        shard, kind, arrays = self._task(number, Work(work))
        shard.do(kind, arrays)
