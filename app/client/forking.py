"""Child processes: a run belongs to the process that began it, and is told of once."""

from __future__ import annotations

import multiprocessing
import os
import weakref
from typing import Protocol


class Silenceable(Protocol):
    """A run that a child process must leave alone."""

    def become_silent(self) -> None:
        """Does nothing from now on."""


_runs: weakref.WeakSet[Silenceable] = weakref.WeakSet()


def stop_in_children(run: Silenceable) -> None:
    """Has a forked child, such as one that loads data, not tell of the run too."""
    _runs.add(run)


def is_child_that_reads_main() -> bool:
    """Tells whether a spawned child is just reading its parent's script.

    What stands in it outside of `if __name__ == "__main__"` is run again then.
    """
    return bool(getattr(multiprocessing.current_process(), "_inheriting", False))


def _silence() -> None:
    for run in list(_runs):
        run.become_silent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_silence)
