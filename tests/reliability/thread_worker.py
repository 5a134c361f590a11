"""A worker in a thread: quick to make, as easily lost as a process, and the same inside."""

import itertools
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar

from app.workers import pulse, worker
from app.workers.crash import Death
from app.workers.mail import Mail
from app.workers.server_line import ServerLine

_POLL_SECONDS = 0.01
_NUMBERS = itertools.count(1)


class _Losable(ServerLine):
    """The worker's ends of the pipes, which break when the worker is killed."""

    def __init__(self, incoming: Connection, outgoing: Connection) -> None:
        super().__init__(incoming, outgoing)
        self.is_lost = threading.Event()

    def poll(self) -> bool:
        self._check()
        return super().poll()

    def recv(self) -> Any:
        while not self._incoming.poll(_POLL_SECONDS):
            self._check()
        return super().recv()

    def send_bytes(self, packed: bytes) -> None:
        if self.is_lost.is_set():
            raise BrokenPipeError
        super().send_bytes(packed)

    def _check(self) -> None:
        if self.is_lost.is_set():
            raise EOFError


class ThreadWorker:
    """Stands in for `WorkerProcess`, with the same methods."""

    alive: ClassVar["set[ThreadWorker]"] = set()

    def __init__(self, cache_folder: Path, ring: Callable[[], None]) -> None:
        incoming, its_outgoing = Pipe(duplex=False)
        its_incoming, outgoing = Pipe(duplex=False)
        self.mail = Mail(incoming, outgoing, ring)
        self.sentinel, self._end = os.pipe()
        self.pid = next(_NUMBERS)
        self._losable = _Losable(its_incoming, its_outgoing)
        self._was_killed = False
        self.is_closed = False
        self._thread = threading.Thread(target=self._run, args=(cache_folder,), daemon=True)
        self.alive.add(self)
        self._thread.start()

    def kill(self) -> None:
        self._was_killed = True
        self._losable.is_lost.set()

    def close(self, timeout_seconds: float) -> None:
        if self.is_closed:
            return
        self.mail.hang_up()
        self.mail.forget()
        self._thread.join(timeout_seconds)
        self.kill()
        self._thread.join()
        self.is_closed = True
        os.close(self.sentinel)

    def discard(self) -> None:
        self.kill()
        self.close(0.5)

    def how_it_ended(self, peak_memory_bytes: int) -> Death:
        self._thread.join()
        return Death(-signal.SIGKILL if self._was_killed else 0, peak_memory_bytes, None, "")

    def _run(self, cache_folder: Path) -> None:
        try:
            pulse.start(self._losable)
            worker.main(self._losable, cache_folder)
        except EOFError:
            pass
        finally:
            os.close(self._end)
            self.alive.discard(self)
