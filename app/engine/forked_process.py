"""A copy of this process that does what it is asked over a pipe."""

import contextlib
import os
import select
import signal
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

# About 0.2 ms: mostly enough for what a small network does between two batches.
_POLLS = 400
_PATIENCE_MILLISECONDS = 5000  # without an answer or any work on it: then it stands still


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

    def is_ready(self, milliseconds: int) -> bool:
        """Wait so long at most; tells whether `read` would return at once."""
        for _ in range(_POLLS):
            if self._poll.poll(0):
                return True
        return bool(self._poll.poll(milliseconds))


class ForkedProcess:
    """Forks this process; the copy does tasks, each asked for in a byte, until the pipe ends.

    Args:
        carry_out: does a task in the copy, given its byte.
        kept: descriptors that the copy keeps open too.
    """

    def __init__(self, carry_out: Callable[[int], None], kept: Iterable[int] = ()) -> None:
        tasks, self._tasks = os.pipe()
        from_it, answers = os.pipe()
        self._answers = _PipeReader(from_it)
        self._pipes = (self._tasks, from_it)
        self._is_ended = False
        with warnings.catch_warnings():
            # It warns of other threads, whose locks the copy would wait for; ours takes none.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            _serve(tasks, answers, carry_out, kept)
        os.close(tasks)
        os.close(answers)

    def ask(self, task: int) -> None:
        """Ask for a task, a number of one byte."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._tasks, bytes([task]))

    def has_answered(self) -> bool:
        """Wait for an answer; False if the process is gone, or stood still and was ended."""
        worked: int | None = None
        while not self._answers.is_ready(_PATIENCE_MILLISECONDS):
            before, worked = worked, _clock_ticks_of(self._pid)
            if worked == before:
                self._end()
        return bool(self._answers.read(1))

    def dismiss(self) -> None:
        """Close the pipes and end the process, which has nothing to lose and may stand still."""
        for pipe in self._pipes:
            os.close(pipe)
        self._end()

    def _end(self) -> None:
        if not self._is_ended:
            self._is_ended = True
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)


def _serve(
    tasks: int, answers: int, carry_out: Callable[[int], None], kept: Iterable[int]
) -> NoReturn:
    """Do tasks until the pipe ends: all that the forked process ever does."""
    try:
        for ignored in (signal.SIGINT, signal.SIGTERM):  # the other's to handle
            signal.signal(ignored, signal.SIG_IGN)
        _close_all_but(tasks, answers, *kept)
        reader = _PipeReader(tasks)
        while asked := reader.read(1):
            carry_out(asked[0])
            os.write(answers, b"!")
    finally:
        os._exit(0)


def _clock_ticks_of(pid: int) -> int:
    """Count how long a process has worked so far, in clock ticks; -1 if nobody can say."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return -1
    user, system = told.rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def _close_all_but(*kept: int) -> None:
    """Let go of what the copy has open, so that the other's end closes it."""
    first = 3  # after the standard streams
    for descriptor in sorted(kept):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
