"""Keeps what goes wrong with one run, or in one moment, from ending the thread that serves all."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator

_SAID_AGAIN_SECONDS = 60.0
_LOG = logging.getLogger("filterscope.supervisor")


@contextlib.contextmanager
def contained(what: str) -> Iterator[None]:
    """Logs an exception of its block, named by `what` was done, and goes on after it."""
    try:
        yield
    except Exception:
        _LOG.exception("%s went wrong; the server goes on", what)


class Stages:
    """What a thread does in turn, each stage whatever became of the others.

    A stage that goes wrong again and again is logged once a minute.

    Args:
        stages: each by what it does, for the log.
    """

    def __init__(self, stages: dict[str, Callable[[], None]]) -> None:
        self._stages = stages
        self._said_at: dict[str, float] = {}

    def go_through(self) -> bool:
        """Carries all out in order; tells whether nothing went wrong."""
        went_well = True
        for what, stage in self._stages.items():
            try:
                stage()
            except Exception:
                went_well = False
                self._say(what)
        return went_well

    def _say(self, what: str) -> None:
        with contextlib.suppress(Exception):
            now = time.monotonic()
            if now - self._said_at.get(what, -_SAID_AGAIN_SECONDS) >= _SAID_AGAIN_SECONDS:
                self._said_at[what] = now
                _LOG.exception("%s went wrong; the server goes on", what)
