"""Whatever is wrong with a file ends in a sentence."""

from collections.abc import Callable
from typing import TypeVar

from ..reading.contents import WeightsUnreadable
from .limits import MOST_BYTES

_Result = TypeVar("_Result")


def said(work: Callable[[], _Result]) -> _Result:
    """Does something with a file.

    Raises:
        WeightsUnreadable: it can't be done, whatever the reason.
    """
    try:
        return work()
    except WeightsUnreadable:
        raise
    except MemoryError:
        message = (
            f"reading it takes more than {MOST_BYTES // 1024**2} MiB of memory; save its layers in "
            "several files"
        )
        raise WeightsUnreadable(message) from None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise WeightsUnreadable(f"the file can't be read: {reason}") from None
    except Exception as problem:  # a reader's own mistake is no reason to show a traceback
        message = f"it isn't as its format has it ({type(problem).__name__}); save it once more"
        raise WeightsUnreadable(message) from problem
