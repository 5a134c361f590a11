"""The process aside seen from within: it calls what it is told to, and keeps little afterwards."""

import ctypes
import gc
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing import reduction
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from ..blas_threads import use_one_blas_thread
from ..private_files import make_private_folder

LARGEST_PASSED_BYTES = 256 * 1024  # through the pipe; what is larger travels as a file
_BEAT_SECONDS = 0.5
_IDLE_SECONDS = 0.1  # without a call; then a module of those to come is read
_M_MMAP_THRESHOLD = -3
_MAPPED_BYTES = 1024**2  # of arrays that go back to the system as soon as nobody needs them


class Large(NamedTuple):
    """Says that a file of so many bytes follows: its descriptor."""

    size: int


def serve(
    connection: Connection, alive_at: Any, spool_folder: Path | None, foreseen: Sequence[str] = ()
) -> None:
    """Carries out calls until the pipe closes.

    Args:
        alive_at: a shared number, in which the time of `time.monotonic` is noted again and again.
        foreseen: modules of later calls, read one by one while nobody asks.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    threading.Thread(target=_beat, args=(alive_at,), daemon=True).start()
    _give_memory_back_at_once()
    use_one_blas_thread()
    import numpy  # noqa: F401  -- while nobody waits yet

    unread = iter(foreseen)
    try:
        while True:
            while not connection.poll(_IDLE_SECONDS) and (module := next(unread, None)):
                importlib.import_module(module)
            _answer(connection, connection.recv(), spool_folder)
    except (EOFError, OSError):
        return


def _answer(connection: Connection, call: Any, spool_folder: Path | None) -> None:
    function, args, writes = call
    if not writes:
        connection.send(_outcome(function, args))
        return
    if spool_folder is not None:
        make_private_folder(spool_folder)
    with SpooledTemporaryFile(LARGEST_PASSED_BYTES, dir=str(spool_folder or "") or None) as file:
        succeeded, problem = _outcome(function, (file, *args))
        size = file.tell()
        if not succeeded:
            connection.send((False, problem))
        elif size <= LARGEST_PASSED_BYTES:
            file.seek(0)
            connection.send((True, file.read()))
        else:
            file.flush()
            connection.send((True, Large(size)))
            reduction.send_handle(connection, file.fileno(), os.getppid())


def _outcome(function: Any, args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*args)
    except Exception as problem:
        return False, problem


def _beat(alive_at: Any) -> None:
    while True:
        alive_at.value = time.monotonic()
        time.sleep(_BEAT_SECONDS)


def rest() -> int:
    """Forgets what was kept for the next question; returns the bytes of memory still held.

    Only what has been imported can have kept anything.
    """
    if cache := sys.modules.get(f"{_APP}.inspection.cache"):
        cache.CACHE.clear()
    if data := sys.modules.get(f"{_APP}.training.data"):
        data.forget()
    gc.collect()
    if trim := getattr(_c_library(), "malloc_trim", None):
        trim(0)
    return _resident_bytes()


_APP = __name__.rpartition(".web.")[0]


def _resident_bytes() -> int:
    """Says how much memory this process holds; 0 where the system doesn't tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _give_memory_back_at_once() -> None:
    """Has the C library map large blocks, else it keeps up to 32 MB each for the next time."""
    if set_option := getattr(_c_library(), "mallopt", None):
        set_option(_M_MMAP_THRESHOLD, _MAPPED_BYTES)


def _c_library() -> Any:
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
