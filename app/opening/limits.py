"""How much memory and time reading a file of a stranger may take."""

import contextlib
import resource
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from ..reading.contents import WeightsUnreadable

MOST_BYTES = 300 * 1024**2  # beyond what the process holds when it begins to read
MOST_SECONDS = 2.0  # of computing, for one file
_GRACE_SECONDS = 2.0  # then a library that doesn't listen is ended with the process


class _TimeIsUp(BaseException):
    """Not an Exception, so that no reader takes it for damage that it can go on after."""


@contextlib.contextmanager
def bounded_memory() -> Iterator[None]:
    """Lets this process take so much more memory and no more; MemoryError beyond it."""
    used = _data_bytes()
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if used is None:
        yield
        return
    most = used + MOST_BYTES
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))


@contextlib.contextmanager
def bounded_time(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Gives what is done inside so many seconds of computing; works in a main thread alone.

    Raises:
        WeightsUnreadable: they are over.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGPROF, end)
    _end_at(seconds + _GRACE_SECONDS)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except _TimeIsUp:
        message = (
            f"reading it takes more than {seconds:g} s of computing, so that it is damaged or made "
            "to take long; save it once more"
        )
        raise WeightsUnreadable(message) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _end_at(None)
        signal.signal(signal.SIGPROF, before)


def _end_at(seconds: float | None) -> None:
    """Has the system end this process after so much more computing, if it doesn't listen."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if seconds is None:
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
        return
    spent = time.process_time()
    most = int(spent + seconds) + 1
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _data_bytes() -> int | None:
    """Says how much memory of its own this process has asked for; None where nobody tells."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        [line] = [line for line in status.splitlines() if line.startswith("VmData:")]
        return 1024 * int(line.split()[1])
    return None
