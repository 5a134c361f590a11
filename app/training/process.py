"""A worker process as the server holds it. Imports nothing heavy: the child does that itself."""

import multiprocessing
import signal
from multiprocessing.connection import Connection
from pathlib import Path


class WorkerProcess:
    """A spawned process that trains, and the server's end of its pipe."""

    def __init__(self, cache_folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, child_end = context.Pipe()
        self._process = context.Process(
            target=_run, args=(child_end, cache_folder), name="filterscope-worker", daemon=True
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

    def how_it_ended(self) -> str:
        """In words for the user, once the process has ended."""
        self._process.join()
        code = self._process.exitcode or 0
        if code == -signal.SIGKILL:
            return "was killed, perhaps because the machine ran out of memory"
        if code < 0:
            return f"was ended by signal {signal.Signals(-code).name}"
        return f"ended by itself with exit code {code}"


def _run(connection: Connection, cache_folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    from app.training.worker import main

    main(connection, cache_folder)
