"""A worker in a thread: quick to make, as easily lost as a process, and the same inside."""

import itertools
import os
import signal
import threading
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar, Self

from app.workers import worker
from app.workers.crash import Death

_POLL_SECONDS = 0.01
_NUMBERS = itertools.count(1)


class _Losable:
    """The worker's end of the pipe, which breaks when the worker is killed."""

    def __init__(self, connection: Connection) -> None:
        self.is_lost = threading.Event()
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._connection.close()

    def poll(self, timeout: float = 0.0) -> bool:
        self._check()
        return self._connection.poll(timeout)

    def recv(self) -> Any:
        while not self.poll(_POLL_SECONDS):
            pass
        return self._connection.recv()

    def send(self, message: Any) -> None:
        self._check()
        self._connection.send(message)

    def send_bytes(self, report: bytes) -> None:
        self._check()
        self._connection.send_bytes(report)

    def _check(self) -> None:
        if self.is_lost.is_set():
            raise EOFError


class ThreadWorker:
    """Stands in for `WorkerProcess`, with the same methods."""

    alive: ClassVar["set[ThreadWorker]"] = set()

    def __init__(self, cache_folder: Path) -> None:
        self.connection, child_end = Pipe()
        self.sentinel, self._end = os.pipe()
        self.pid = next(_NUMBERS)
        self._losable = _Losable(child_end)
        self._was_killed = False
        self._thread = threading.Thread(
            target=self._run, args=(child_end, cache_folder), daemon=True
        )
        self.alive.add(self)
        self._thread.start()

    def kill(self) -> None:
        self._was_killed = True
        self._losable.is_lost.set()

    def close(self, timeout_seconds: float) -> None:
        self.connection.close()
        self._thread.join(timeout_seconds)
        self.kill()
        self._thread.join()
        os.close(self.sentinel)

    def discard(self) -> None:
        self.kill()
        self.close(0.5)

    def how_it_ended(self, peak_memory_bytes: int) -> Death:
        self._thread.join()
        return Death(-signal.SIGKILL if self._was_killed else 0, peak_memory_bytes, None, "")

    def _run(self, child_end: Connection, cache_folder: Path) -> None:
        try:
            worker.main(self._losable, cache_folder)  # type: ignore[arg-type]
        finally:
            child_end.close()  # once more makes no difference
            os.close(self._end)
            self.alive.discard(self)
