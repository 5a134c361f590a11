"""Keeps what goes wrong with one run, or in one moment, from ending the thread that serves all."""

import contextlib
import logging
from collections.abc import Iterator

_LOG = logging.getLogger("filterscope.supervisor")


@contextlib.contextmanager
def contained(what: str) -> Iterator[None]:
    """Logs an exception of its block, named by `what` was done, and goes on after it."""
    try:
        yield
    except Exception:
        _LOG.exception("%s went wrong; the server goes on", what)
