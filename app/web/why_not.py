"""What becomes of questions that a process aside can't answer."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ..inspection.refused import Missing, Refused
from .aside import AsideClosed, AsideFailed
from .problems import Problem
from .spool import SpoolFull

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def why_not() -> Iterator[None]:
    """Tells whoever asks a process aside why there is no answer.

    Raises:
        Problem: 404 what it is about isn't there, 422 it can't be answered, 503 not now.
    """
    try:
        yield
    except Missing as why:
        message = f"{why.message}."
        raise Problem(404, why.code, message, field=why.field, limit=why.limit) from None
    except Refused as why:
        message = f"{why.message}."
        raise Problem(422, "invalid", message, field=why.field, limit=why.limit) from None
    except AsideClosed:
        raise Problem(503, "shutting_down", "The server is about to stop.") from None
    except SpoolFull:
        message = "Large answers are taken too slowly to make another; try again in some seconds."
        raise Problem(503, "too_many_answers", message, headers={"Retry-After": "10"}) from None
    except (AsideFailed, MemoryError):
        message = "The helper process died or took too long; perhaps memory is short. Try again."
        headers = {"Retry-After": "5"}
        raise Problem(503, "helper_failed", message, headers=headers) from None
    except OSError as problem:
        if problem.errno not in _NO_ROOM:
            raise
        message = "The disk has no room for so large an answer. Delete a run, or make room."
        raise Problem(503, "disk_full", message) from None
