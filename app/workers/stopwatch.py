"""Measures how long a process worked, without the time for which it was stopped."""

import contextlib
import time
from collections.abc import Callable, Iterator

_SUSPECT_SECONDS = 1.0
_IDLE_SHARE = 0.1


class Stopwatch:
    """Adds up seconds of work.

    A clock goes on while a process is stopped (Ctrl-Z, `SIGSTOP`, and on some systems a computer
    that sleeps); the processor's time doesn't. So a stretch of more than a second in which the
    process had less than a tenth of a processor counts as what it had of it. Shorter stretches
    count in full, as does waiting for one's turn on a machine that ten others want.

    Args:
        clock: seconds, from anywhere.
        processor: seconds that this process had of the processors, all threads together.

    Attributes:
        seconds: worked so far.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.perf_counter,
        processor: Callable[[], float] = time.process_time,
    ) -> None:
        self.seconds = 0.0
        self._clock = clock
        self._processor = processor

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Adds what is done within, unless it fails."""
        began, worked = self._clock(), self._processor()
        yield
        passed = self._clock() - began
        if passed > _SUSPECT_SECONDS:
            worked = self._processor() - worked
            passed = worked if worked < passed * _IDLE_SHARE else passed
        self.seconds += passed
