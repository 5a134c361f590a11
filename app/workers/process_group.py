"""A worker and all that it has forked: ended together, and none left in the list of processes."""

import contextlib
import os
import signal
import time

_REAPED_WITHIN_SECONDS = 1.0
_LOOKED_AT_SECONDS = 0.01
_HAS_GROUPS = hasattr(os, "setpgid")


def lead() -> None:
    """Makes this process the leader of a group of its own, which what it forks belongs to.

    The group stays in the session: where the server is killed while one of them is stopped, the
    kernel wakes and ends them.
    """
    if _HAS_GROUPS:
        os.setpgid(0, 0)


def kill(leader: int) -> None:
    """Ends all of a group at once, stopped or not."""
    if _HAS_GROUPS:
        with contextlib.suppress(OSError):  # it has not begun, or is gone
            os.killpg(leader, signal.SIGKILL)


def reap(leader: int) -> None:
    """Waits for what a killed leader has left, where that is this process's to do.

    As the first process of a container the server inherits what its workers have forked; elsewhere
    the system's first process does, and there is nothing to wait for. Only for a leader that has
    been waited for itself.
    """
    if not _HAS_GROUPS:
        return
    deadline = time.monotonic() + _REAPED_WITHIN_SECONDS
    with contextlib.suppress(OSError):  # none left
        while time.monotonic() < deadline:
            if os.waitpid(-leader, os.WNOHANG) == (0, 0):
                time.sleep(_LOOKED_AT_SECONDS)
