"""Gathers in a process of its own, under limits of memory and time. It needs no NumPy itself."""

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from ..blas_threads import use_one_blas_thread
from ..kept_pictures import KeptPictures
from .request import GatherRequest, NotGathered

Progress = Callable[[int, int, str], None]
MOST_MEMORY_BYTES = 1536 * 1024**2
MOST_SECONDS = 1200  # of a processor
PATIENCE_SECONDS = 60.0  # without another picture
_TOLD_EACH = 20  # pictures


class GatherProcess:
    """A process that makes one data set. It ends when the pipe between them closes."""

    def __init__(self, request: GatherRequest) -> None:
        context = multiprocessing.get_context("spawn")
        self._near, far = context.Pipe()
        self._process = context.Process(
            target=_work, args=(far, request), name="filterscope-pictures", daemon=True
        )
        self._process.start()
        far.close()

    def result(self, progress: Progress) -> KeptPictures:
        """Waits for the data set.

        Args:
            progress: is told how many pictures of how many were looked at, and which comes next.

        Raises:
            NotGathered: there is none to be made of it, or making it took too much.
            OSError: the disk is full, or the folder can't be written.
        """
        at = ""
        try:
            while self._near.poll(PATIENCE_SECONDS):
                kind, told = self._near.recv()
                if kind == "progress":
                    at = told[2]
                    progress(*told)
                elif kind == "kept":
                    kept: KeptPictures = told
                    return kept
                else:
                    raise told
        except (EOFError, ConnectionResetError):
            message = "the process that reads pictures died; perhaps one takes too much memory"
        else:
            message = f"reading a picture took more than {PATIENCE_SECONDS:.0f} seconds"
        finally:
            self.end()
        near = f", near {at}" if at else ""
        raise NotGathered(f"{message}{near}", "file")

    def kill(self) -> None:
        """Ends the process, whatever it does; whoever waits for its result is told."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process and waits until it is gone."""
        self._process.kill()
        self._process.join()
        self._near.close()


def _work(connection: Connection, request: GatherRequest) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked
    use_one_blas_thread()
    from .gathering import gather

    _limit()

    def progress(done: int, total: int, name: str) -> None:
        if done % _TOLD_EACH == 0 or done == total:
            connection.send(("progress", (done, total, name)))

    try:
        told: tuple[str, object] = ("kept", gather(request, progress))
    except (NotGathered, OSError) as why:
        told = ("refused", why)
    except MemoryError:
        message = f"it takes more than the {MOST_MEMORY_BYTES // 1024**2:,} MiB that are allowed"
        told = ("refused", NotGathered(message, "file"))
    except (
        Exception
    ) as why:  # what a damaged source can break is open; it breaks this process alone
        message = f"it can't be read, for something in it is damaged ({type(why).__name__})"
        told = ("refused", NotGathered(message, "file"))
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.send(told)


def _limit() -> None:
    """Bounds what this process may take; where the system knows no such bounds, nothing does."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (("RLIMIT_DATA", MOST_MEMORY_BYTES), ("RLIMIT_CPU", MOST_SECONDS)):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            resource.setrlimit(getattr(resource, kind), (most, most))
