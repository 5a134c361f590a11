"""A Dask scheduler and its workers on this machine, each a process, as people start them."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cluster.certificates import Certificates
from tests.contracts.repository import ROOT


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class DaskProcesses:
    """`dask scheduler` at `port` and so many `dask worker`s of one thread.

    Args:
        port: of the scheduler.
        workers: how many.
        data: where the workers keep data sets, as FILTERSCOPE_DATA says.
        certificates: with which they speak TLS.
    """

    def __init__(
        self, port: int, workers: int, data: Path, certificates: Certificates | None = None
    ) -> None:
        self.address = f"{'tls' if certificates else 'tcp'}://127.0.0.1:{port}"
        self._secure = certificates.options if certificates else []
        self._environment = {
            **os.environ,
            "FILTERSCOPE_DATA": str(data),
            "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error",
        }
        self._port = port
        self.scheduler = self._start_scheduler()
        self.workers = [self._start_worker() for _ in range(workers)]

    def restore(self) -> None:
        """Starts anew what has ended."""
        if self.scheduler.poll() is not None:
            self.scheduler = self._start_scheduler()
        self.workers = [
            worker if worker.poll() is None else self._start_worker() for worker in self.workers
        ]

    def _start_scheduler(self) -> "subprocess.Popen[bytes]":
        return self._start(
            *("scheduler", "--host", self.address.replace(f":{self._port}", "")),
            *("--port", str(self._port), "--no-dashboard", *self._secure),
        )

    def _start_worker(self) -> "subprocess.Popen[bytes]":
        """Starts a worker without a nanny, so that one that is killed stays so."""
        return self._start(
            *("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"),
            *("--local-directory", self._environment["FILTERSCOPE_DATA"], *self._secure),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: object, _trace: TracebackType | None
    ) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], cwd=ROOT, env=self._environment
        )
