"""The real server in a process of its own, as a user starts it."""

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.contracts.repository import ROOT

CHECKOUT = (sys.executable, "-m", "app")
_START_SECONDS = 60
_STOP_SECONDS = 60


class RunningServer:
    """`python -m app serve` on `port` (0: a free one), keeping its data in `folder`.

    `url` is the link it printed; `client` asks it. Another `command` than the checkout's may serve,
    `where` it likes.
    """

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        command: Sequence[str] = CHECKOUT,
        where: Path = ROOT,
        **variables: str,
    ) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            cwd=where,
            env={**os.environ, "FILTERSCOPE_DATA": str(folder), **variables},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._printed_link()
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: object, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Sends a signal and waits for the end; the exit code."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(_STOP_SECONDS)
        finally:
            self.process.kill()
            assert self.process.stdout is not None
            self.process.stdout.close()

    def _printed_link(self) -> str:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(_START_SECONDS):
                self.process.kill()
                raise TimeoutError(f"the server printed nothing in {_START_SECONDS} s")
        line = self.process.stdout.readline()
        if not line.startswith("Filterscope is at "):
            self.process.kill()
            raise RuntimeError(f"the server began with {line!r}")
        return line.split()[-1]
