"""Files as they are read here: whatever is wrong with one ends in a sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..external.recording import is_recording
from ..reading.contents import Contents, WeightsUnreadable
from ..reading.files import Layout, read_weights
from .limits import MOST_BYTES

_Result = TypeVar("_Result")


def weights_in(path: Path, layout: Layout | None) -> Contents:
    """Reads a file of weights as `read_weights` does.

    Raises:
        WeightsUnreadable: it can't be read, or tells of a whole training.
    """
    if is_recording(path):
        message = (
            "it tells of a training, as watch wrote it, and is no file of weights; drop it on "
            "the page by itself, or use filterscope open"
        )
        raise WeightsUnreadable(message)
    return read_weights(path, layout)


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
