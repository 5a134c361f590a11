"""A worker's heartbeat: a sign once a second that it goes on, and none while it doesn't."""

import contextlib
import threading
import time

from .messages import Beat
from .session_line import SessionLine

_BEAT_SECONDS = 1.0
_WORKED_SECONDS = 0.001  # of processor time between two beats: less is standing still


def start(line: SessionLine) -> None:
    """Has a thread of its own beat while the others of this process work, or wait for a word.

    A long step beats, for it takes processor time; a process that was stopped doesn't, nor one
    whose work waits for something that never comes.
    """
    threading.Thread(target=_beat, args=(line,), name="pulse", daemon=True).start()


def _beat(line: SessionLine) -> None:
    with contextlib.suppress(OSError):  # the server is gone, and this process soon
        told = _worked_seconds()
        while True:
            worked = _worked_seconds()
            if line.is_listening or worked - told >= _WORKED_SECONDS:
                line.send(Beat())
                told = worked
            time.sleep(_BEAT_SECONDS)


def _worked_seconds() -> float:
    """Returns how long all threads but this one have worked so far."""
    return time.process_time() - time.thread_time()
