"""A worker process as the server holds it. Imports nothing heavy: the child does that itself."""

import contextlib
import faulthandler
import itertools
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ..blas_threads import use_one_blas_thread
from ..private_files import make_private_folder, private_opener
from .containment import contained
from .crash import Death
from .memory import kills_for_memory

_NUMBERS = itertools.count(1)
_END_AWAITED_SECONDS = 5.0


class WorkerProcess:
    """A spawned process that trains, and the server's end of its pipe."""

    def __init__(self, cache_folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._trace = cache_folder / "traces" / f"{os.getpid()}-{next(_NUMBERS)}.txt"
        self._kills_before = kills_for_memory()
        self.connection, child_end = context.Pipe()
        self._process = context.Process(
            target=_run,
            args=(child_end, cache_folder, self._trace),
            name="filterscope-worker",
            daemon=True,
        )
        self._process.start()
        child_end.close()  # so that the worker's death is the pipe's end

    @property
    def sentinel(self) -> int:
        """Becomes ready to wait on when the process has ended."""
        return self._process.sentinel

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process.pid is not None
        return self._process.pid

    def kill(self) -> None:
        """Ends the process at once."""
        self._process.kill()

    def close(self, timeout_seconds: float) -> None:
        """Hangs up, waits for the process to end by itself, and ends it if it doesn't."""
        self.connection.close()
        self._process.join(timeout_seconds)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        with contextlib.suppress(OSError):
            self._trace.unlink()

    def discard(self) -> None:
        """Ends the process at once; what goes wrong in that is only logged."""
        with contained("ending a worker"):
            self._process.kill()
            self.close(0.5)

    def how_it_ended(self, peak_memory_bytes: int) -> Death:
        """Says what is known of its end; a process that only hung up is given a while, then
        ended.
        """
        self._process.join(_END_AWAITED_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        trace = ""
        with contextlib.suppress(OSError):
            trace = self._trace.read_text("utf-8", "replace")
        kills = kills_for_memory()
        return Death(
            exit_code=self._process.exitcode or 0,
            peak_memory_bytes=peak_memory_bytes,
            killed_for_memory=None
            if kills is None or self._kills_before is None
            else kills > self._kills_before,
            trace=trace,
        )


def _run(connection: Connection, cache_folder: Path, trace: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    with contextlib.ExitStack() as opened:
        with contextlib.suppress(OSError):
            make_private_folder(trace.parent)
            faulthandler.enable(
                opened.enter_context(open(trace, "w", encoding="utf-8", opener=private_opener))
            )
        use_one_blas_thread()
        from . import worker

        worker.main(connection, cache_folder, worker.OWN_PROCESS)
        os._exit(0)  # all is said, and a shutdown need not wait for an interpreter that tidies up


def _end_with_the_server() -> None:
    """Ends this process as soon as its server is gone, however deep in work it is."""
    server = multiprocessing.parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(0)
