"""Work that needs NumPy, done in a process of its own: the server stays small and responsive."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from ..blas_threads import use_one_blas_thread

_PATIENCE_SECONDS = 60.0
_Result = TypeVar("_Result")


class AsideFailed(Exception):
    """The process died or took too long; the next call starts another."""


class Aside:
    """One helper process that carries out one function call after the other.

    It is spawned by the first call, or by `warm` before. When this process dies, the pipe between
    them closes and it ends as well.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "aside")  # talks to the process, one call at a time
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self.waiting = 0  # calls that are not answered yet

    def warm(self) -> None:
        """Starts the process if there is none, without waiting for it."""
        self._thread.submit(self._connected)

    async def run(self, function: Callable[..., _Result], *args: Any) -> _Result:
        """Runs `function(*args)`, both of which must be picklable.

        Raises:
            AsideFailed: the process died, or took longer than a minute.
            Exception: what the function raised.
        """
        loop = asyncio.get_running_loop()
        self.waiting += 1
        try:
            result: _Result = await loop.run_in_executor(self._thread, self._call, function, args)
        finally:
            self.waiting -= 1
        return result

    def close(self) -> None:
        """Ends the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
        self._thread.shutdown(cancel_futures=True)
        self._end()

    def _call(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        connection = self._connected()
        try:
            connection.send((function, args))
            if not connection.poll(_PATIENCE_SECONDS):
                raise TimeoutError
            succeeded, result = connection.recv()
        except (EOFError, OSError):
            self._end()
            raise AsideFailed("the helper process died or took too long") from None
        if not succeeded:
            raise result
        return result

    def _connected(self) -> Connection:
        if self._connection is None:
            context = multiprocessing.get_context("spawn")
            self._connection, far_end = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(far_end,), name="filterscope-aside", daemon=True
            )
            self._process.start()
            far_end.close()
        return self._connection

    def _end(self) -> None:
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
        self._process = self._connection = None


def _serve(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    use_one_blas_thread()
    import numpy  # noqa: F401  -- while nobody waits yet

    try:
        while True:
            function, args = connection.recv()
            try:
                reply = True, function(*args)
            except Exception as problem:
                reply = False, problem
            connection.send(reply)
    except (EOFError, OSError):
        return
