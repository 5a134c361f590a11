"""A replica in a forked process, with an interpreter and its lock of its own."""

import contextlib
import os
import select
import signal
import warnings
import weakref
from collections.abc import Sequence
from typing import NamedTuple, NoReturn

import numpy as np

from .replica import Arrays, Replica
from .shard import Shard, Work
from .shared import shared_zeros

# About 0.2 ms: mostly enough for what a small network does between two batches.
_POLLS = 400


class Task(NamedTuple):
    """A request to a forked replica: the shard, what to do with it, and on which arrays."""

    shard: Shard
    work: Work
    arrays: Arrays


class _PipeReader:
    """A pipe's end to read from.

    What it waits for mostly comes soon, and to be woken takes tens of microseconds: it polls a
    while before it sleeps.
    """

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLIN)

    def read(self, most: int) -> bytes:
        """Read up to so many bytes; none where the other end is gone."""
        for _ in range(_POLLS):
            if self._poll.poll(0):
                break
        return os.read(self._pipe, most)


class ForkedReplica(Replica):
    """A process forked at its first task: a copy of this one, with an interpreter of its own.

    Both see the parameters, the shards' gradients and answers and the buffers below; all other
    memory is each one's own. A pipe carries two bytes for each task there and one back; its end
    ends the process, however this one ended. Should the process end first, its tasks are done
    here, now and from then on: speed is lost, nothing else.
    """

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = shards
        self._buffers = [
            (
                shared_zeros((shard.images, *shard.input_shape), shard.dtype),
                shared_zeros((shard.images,), np.int64),
            )
            for shard in shards
        ]
        self._tasks: list[Task] = []
        self._pipes: tuple[_PipeReader, int] | None = None

    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Put the parts where the process sees them, and ask."""
        if self._pipes is None:
            self._pipes = self._fork()
        for number, arrays in enumerate(parts):
            task = self._task(number, work, len(arrays))
            for buffer, array in zip(task.arrays, arrays, strict=True):
                buffer[...] = array
            self._tasks.append(task)
            with contextlib.suppress(BrokenPipeError):
                os.write(self._pipes[1], bytes([number, work]))

    def end(self) -> None:
        """Wait for its answers."""
        tasks, self._tasks = self._tasks, []
        for shard, work, arrays in tasks:
            if self._pipes and not self._pipes[0].read(1):
                shard.do(work, arrays)

    def _task(self, number: int, work: Work, arrays: int) -> Task:
        return Task(self._shards[number], work, self._buffers[number][:arrays])

    def _fork(self) -> tuple[_PipeReader, int]:
        """Start the process; gives the end that answers come from and the one that tasks go to."""
        tasks, to_it = os.pipe()
        from_it, answers = os.pipe()
        with warnings.catch_warnings():
            # It warns of other threads, whose locks the copy would wait for; ours takes none.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            self._serve(tasks, answers)
        os.close(tasks)
        os.close(answers)
        weakref.finalize(self, _dismiss, pid, to_it, from_it)
        return _PipeReader(from_it), to_it

    def _serve(self, tasks: int, answers: int) -> NoReturn:
        """Do tasks until the pipe ends: all that the forked process ever does."""
        try:
            for ignored in (signal.SIGINT, signal.SIGTERM):  # the other's to handle
                signal.signal(ignored, signal.SIG_IGN)
            _close_all_but(tasks, answers)
            reader = _PipeReader(tasks)
            while asked := reader.read(2):
                number, work = asked[0], Work(asked[1])
                shard, _, arrays = self._task(number, work, work.arrays)
                shard.do(work, arrays)
                os.write(answers, b"!")
        finally:
            os._exit(0)


def _dismiss(pid: int, *pipes: int) -> None:
    """Close the pipes, and wait for the process to notice."""
    for pipe in pipes:
        os.close(pipe)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _close_all_but(*kept: int) -> None:
    """Let go of what the copy has open, so that the other's end closes it."""
    first = 3  # after the standard streams
    for descriptor in sorted(kept):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
