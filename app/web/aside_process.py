"""The process aside as the server sees it: started, asked, seen to be alive, ended."""

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing import reduction
from pathlib import Path
from typing import Any, NamedTuple

from .aside_work import Large, serve

_START_SECONDS = 20.0  # that it may take to its first heartbeat
_SILENT_SECONDS = 5.0  # without one


class AsideCall(NamedTuple):
    """What the process is to do: `function(*args)`, or, where it writes, `function(file, *args)`.

    All of it must be picklable.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    writes: bool = False


class AsideProcess:
    """A spawned process that carries out one call after the other, and shows that it is alive.

    It ends when the pipe between them closes, as it does when the server dies.

    Args:
        spool_folder: where it writes what is too large to pass on; None for the system's own.
        foreseen: modules that it reads while nobody asks.
    """

    def __init__(self, spool_folder: Path | None, foreseen: Sequence[str] = ()) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, far_end = context.Pipe()
        self._alive_at = context.RawValue("d", time.monotonic() + _START_SECONDS)
        self.process = context.Process(
            target=serve,
            args=(far_end, self._alive_at, spool_folder, foreseen),
            name="filterscope-aside",
            daemon=True,
        )
        self.process.start()
        far_end.close()

    @property
    def is_silent(self) -> bool:
        """Whether it shows no life: it was stopped, or hangs."""
        last: float = self._alive_at.value
        return time.monotonic() - last > _SILENT_SECONDS

    def call(self, call: AsideCall) -> Any:
        """Has it carry out the call; returns the result, or bytes or an open file written.

        Raises:
            EOFError, OSError: the process ended.
            Exception: what the function raised.
        """
        self._connection.send(call)
        succeeded, result = self._connection.recv()
        if not succeeded:
            raise Raised(result)
        if isinstance(result, Large):
            return os.fdopen(reduction.recv_handle(self._connection), "rb")
        return result

    def kill(self) -> None:
        """Ends the process, whatever it does."""
        self.process.kill()

    def close(self) -> None:
        """Ends the process and waits until it is gone."""
        self.process.kill()
        self.process.join()
        self._connection.close()


class Raised(Exception):
    """Carries what a function raised past the exceptions of the connection itself."""

    def __init__(self, problem: Exception) -> None:
        super().__init__(problem)
        self.problem = problem
