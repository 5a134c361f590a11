"""How long a run waits for what, and until when at most."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple


class Pace(NamedTuple):
    """Seconds.

    Attributes:
        gather: between two looks at what waits; a snapshot is sent at the next.
        rows: until values are sent that no snapshot brings along.
        life: until an idle run tells that it lives.
        answer: until a server that says nothing counts as away.
        retry: until the first try after one that failed; each following takes twice as long.
        longest: between two tries, unless the server says otherwise.
        close: until `close` returns, whatever the server does.
    """

    gather: float = 0.1
    rows: float = 0.5
    life: float = 20.0
    answer: float = 10.0
    retry: float = 0.25
    longest: float = 15.0
    close: float = 3.0


class Closing:
    """That a run is closed, and until when what waits may still be sent."""

    def __init__(self) -> None:
        self._begins = threading.Event()
        self._deadline = float("inf")

    def begin(self, seconds: float) -> None:
        """Begins it; sending may go on for so long."""
        self._deadline = time.monotonic() + seconds
        self._begins.set()

    def has_begun(self) -> bool:
        """Tells whether the run is closed."""
        return self._begins.is_set()

    @property
    def is_late(self) -> bool:
        """Whether the time for sending is over."""
        return time.monotonic() > self._deadline

    def pause(self, seconds: float) -> bool:
        """Waits so long, or until the run is closed, then for moments; False once it is late."""
        if self.has_begun():
            left = self._deadline - time.monotonic()
            time.sleep(max(0.0, min(seconds, left, 0.2)))
        else:
            self._begins.wait(seconds)
        return not self.is_late
