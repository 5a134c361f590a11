"""What Dask runs on a worker: a process trains, and this waits for it. Imports nothing heavy."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from typing import Any

_MOST_TRIES = 2
_IDLE: "list[_TrainingProcess]" = []
_IDLE_LOCK = threading.Lock()


def train(server: str, token: str | None, lease: str) -> dict[str, str]:
    """Trains what belongs to a lease, in a process of its own that later tasks use again.

    A Dask worker computes in threads, many at a time in one process; a training has to have one to
    itself, with one thread for matrix products, to come to the same bytes as on the server.

    Args:
        server: the server's address.
        token: with which it takes reports.
        lease: of the run.

    Returns:
        `outcome`: `over`, `died` or `unfit`, and where it isn't over `words` that say why.
    """
    for _ in range(_MOST_TRIES):
        process = _taken()
        with contextlib.suppress(OSError):  # one that was idle for too long has left
            process.begin({"server": server, "token": token, "lease": lease, "worker": _here()})
            if not process.has_begun():
                continue
            returned = process.wait()
            if returned is None:
                return {"outcome": "died", "words": process.how_it_ended()}
            with _IDLE_LOCK:
                _IDLE.append(process)
            return returned
    return {"outcome": "died", "words": "could not start a process"}


def _here() -> str:
    """Returns the address by which the scheduler knows this worker."""
    from distributed import get_worker

    return str(get_worker().contact_address)  # another than its own behind a router


class _TrainingProcess:
    """A process that trains for one task at a time; it ends with this one, or when it is idle."""

    def __init__(self) -> None:
        package = __name__.rpartition(".")[0]
        found = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{package}.training_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": found},
            start_new_session=True,  # Ctrl-C at the worker's terminal is the worker's to handle
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def begin(self, job: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        self._process.stdin.flush()

    def has_begun(self) -> bool:
        return self.wait() is not None

    def wait(self) -> dict[str, str] | None:
        """Returns what the process says next; None where it ended without a word."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        told: dict[str, str] | None = json.loads(line) if line.endswith(b"\n") else None
        return told

    def how_it_ended(self) -> str:
        code = self._process.wait()
        if code < 0:
            perhaps = ", perhaps because its machine ran out of memory" if code == -9 else ""
            return f"was killed by signal {-code}{perhaps}"
        return f"ended by itself with exit code {code}"


def _taken() -> _TrainingProcess:
    with _IDLE_LOCK:
        while _IDLE:
            process = _IDLE.pop()
            if process.is_alive:
                return process
    return _TrainingProcess()
