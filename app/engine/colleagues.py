"""Those who work on a batch's other shards at the same time: threads, or forked processes."""

import contextlib
import os
import select
import signal
import warnings
import weakref
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from .shard import Shard, Work
from .shared import shared_zeros

Arrays = Sequence[NDArray[Any]]

# About 0.2 ms: mostly enough for what a small network does between two batches.
_LOOKS = 400


def work_through(shards: Sequence[Shard], work: Work, parts: Sequence[Arrays]) -> None:
    """Have the first shards, one for each part, do such work on it."""
    for shard, arrays in zip(shards, parts, strict=False):
        shard.do(work, arrays)


class Colleague(ABC):
    """Works on shards of its own while the caller works on others.

    `end` follows each `begin`; without one it does nothing.
    """

    @abstractmethod
    def __init__(self, shards: Sequence[Shard]) -> None:
        """Nothing begins yet."""

    @abstractmethod
    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Start on the first shards, one for each part: what to work on."""

    @abstractmethod
    def end(self) -> None:
        """Wait until all is done; raises what went wrong."""


class Thread(Colleague):
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


class Task(NamedTuple):
    """What a process was asked for: which shard, which work, on which arrays."""

    shard: Shard
    work: Work
    arrays: Arrays


class _Ear:
    """A pipe's end to read from.

    What it waits for mostly comes soon, and to be woken takes tens of microseconds: it looks a
    while before it sleeps.
    """

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLIN)

    def read(self, most: int) -> bytes:
        """Up to so many bytes; none where the other end is gone."""
        for _ in range(_LOOKS):
            if self._poll.poll(0):
                break
        return os.read(self._pipe, most)


class Process(Colleague):
    """A process forked at its first task: a copy of this one, with an interpreter of its own.

    Both see the parameters, the shards' gradients and answers and the rooms below; all other
    memory is each one's own. A pipe carries two bytes for each task there and one back; its end
    ends the process, however this one ended. Should the process end first, its tasks are done
    here, now and from then on: speed is lost, nothing else.
    """

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = shards
        self._rooms = [
            (
                shared_zeros((shard.images, *shard.input_shape), shard.dtype),
                shared_zeros((shard.images,), np.int64),
            )
            for shard in shards
        ]
        self._tasks: list[Task] = []
        self._pipes: tuple[_Ear, int] | None = None

    def begin(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Put the parts where the process sees them, and ask."""
        if self._pipes is None:
            self._pipes = self._fork()
        for number, arrays in enumerate(parts):
            task = self._task(number, work, len(arrays))
            for room, array in zip(task.arrays, arrays, strict=True):
                room[...] = array
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
        return Task(self._shards[number], work, self._rooms[number][:arrays])

    def _fork(self) -> tuple[_Ear, int]:
        """Where answers come from, and where tasks are written to."""
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
        weakref.finalize(self, _part, pid, to_it, from_it)
        return _Ear(from_it), to_it

    def _serve(self, tasks: int, answers: int) -> NoReturn:
        """What the forked process does all its life."""
        try:
            for ignored in (signal.SIGINT, signal.SIGTERM):  # the other's to handle
                signal.signal(ignored, signal.SIG_IGN)
            _close_all_but(tasks, answers)
            ear = _Ear(tasks)
            while asked := ear.read(2):
                number, work = asked[0], Work(asked[1])
                shard, _, arrays = self._task(number, work, work.arrays)
                shard.do(work, arrays)
                os.write(answers, b"!")
        finally:
            os._exit(0)


def _part(pid: int, *pipes: int) -> None:
    """Hang up, and wait for the process to notice."""
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
