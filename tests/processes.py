"""What processes a process has started, and whether they are gone."""

import time
from pathlib import Path

PATIENCE_SECONDS = 60


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and not waited for."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, listed.read_text().split())
        except OSError:  # the thread has ended
            continue
    return found


def workers_of(pid: int) -> list[int]:
    """The worker processes that a server has spawned."""
    return [child for child in children_of(pid) if b"spawn_main" in _command(child)]


def wait_until_gone(pids: list[int]) -> None:
    """Until none of the processes runs any more. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := [pid for pid in pids if _command(pid)]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"still there: {left}")
        time.sleep(0.01)


def _command(pid: int) -> bytes:
    """Its command line; empty if it has ended, waited for or not."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
