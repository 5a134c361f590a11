"""A worker process as the server holds it. Imports nothing heavy: the child does that itself."""

import contextlib
import faulthandler
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from pathlib import Path

from ..blas_threads import use_one_blas_thread
from ..private_files import make_private_folder, private_opener
from . import process_group, pulse
from .containment import contained
from .crash import Death
from .mail import Mail
from .memory import kills_for_memory
from .server_line import ServerLine

_NUMBERS = itertools.count(1)
_END_AWAITED_SECONDS = 5.0
_NICENESS = 3  # somebody waits for an answer of the server; training takes all that is left


class WorkerProcess:
    """A spawned process that trains, and the server's ends of its pipes.

    Args:
        cache_folder: where it keeps generated data sets and null tables.
        ring: called when it has said something, in a thread of its own.

    Attributes:
        mail: what is said to it, and what it says.
        pid: the process id, and that of the group which it leads.
        sentinel: becomes ready to wait on when the process has ended.
        is_closed: whether it was let go.
    """

    def __init__(self, cache_folder: Path, ring: Callable[[], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._trace = cache_folder / "traces" / f"{os.getpid()}-{next(_NUMBERS)}.txt"
        self._kills_before = kills_for_memory()
        self._cache_folder = cache_folder
        self.is_closed = False
        undo = contextlib.ExitStack()
        try:
            self._start(undo, context, ring)
        except BaseException:
            undo.close()
            raise

    def _start(
        self, undo: contextlib.ExitStack, context: SpawnContext, ring: Callable[[], None]
    ) -> None:
        with contextlib.ExitStack() as its_ends:
            incoming, its_outgoing = context.Pipe(duplex=False)
            its_ends.enter_context(its_outgoing)  # closed here, so that its death is the pipe's end
            undo.enter_context(incoming)
            its_incoming, outgoing = context.Pipe(duplex=False)
            its_ends.enter_context(its_incoming)
            undo.enter_context(outgoing)
            self._process = context.Process(
                target=_run,
                args=(its_incoming, its_outgoing, self._cache_folder, self._trace),
                name="filterscope-worker",
                daemon=True,
            )
            self._process.start()
            undo.callback(self._process.kill)
            assert self._process.pid is not None
            self.pid = self._process.pid
            self.sentinel = self._process.sentinel
        self.mail = Mail(incoming, outgoing, ring)

    def kill(self) -> None:
        """Ends the process and what it has forked, at once."""
        if not self.is_closed:
            self._process.kill()
            process_group.kill(self.pid)

    def close(self, timeout_seconds: float) -> None:
        """Hangs up, waits for the process to end by itself, and ends it if it doesn't."""
        if self.is_closed:
            return
        self.mail.hang_up()
        self.mail.forget()
        self._process.join(timeout_seconds)
        self._end()
        self.is_closed = True
        if self._process.exitcode is not None:
            self._process.close()
        with contextlib.suppress(OSError):
            self._trace.unlink()

    def discard(self) -> None:
        """Ends the process at once; what goes wrong in that is only logged."""
        with contained("ending a worker"):
            self.kill()
            self.close(0.5)

    def how_it_ended(self, peak_memory_bytes: int) -> Death:
        """Says what is known of its end; a process that only hung up is given a while, then
        ended.
        """
        self._process.join(_END_AWAITED_SECONDS)
        self._end()
        trace = ""
        with contextlib.suppress(OSError):
            trace = self._trace.read_text("utf-8", "replace")
        kills = kills_for_memory()
        return Death(
            exit_code=self._process.exitcode or 0,
            peak_memory_bytes=peak_memory_bytes,
            killed_for_memory=None
            if kills is None or self._kills_before is None
            else kills > self._kills_before,
            trace=trace,
        )

    def _end(self) -> None:
        """Ends whatever of it is left. One that the kernel can't end, deep in input or output, is
        left to itself.
        """
        self.kill()
        self._process.join(_END_AWAITED_SECONDS)
        if self._process.exitcode is not None:
            process_group.reap(self.pid)


def _run(incoming: Connection, outgoing: Connection, cache_folder: Path, trace: Path) -> None:
    process_group.lead()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    line = ServerLine(incoming, outgoing)
    pulse.start(line)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    with contextlib.ExitStack() as opened:
        with contextlib.suppress(OSError):
            make_private_folder(trace.parent)
            faulthandler.enable(
                opened.enter_context(open(trace, "w", encoding="utf-8", opener=private_opener))
            )
        use_one_blas_thread()
        from . import worker

        worker.main(line, cache_folder, worker.OWN_PROCESS)
        os._exit(0)  # all is said, and a shutdown need not wait for an interpreter that tidies up


def _end_with_the_server() -> None:
    """Ends this process as soon as its server is gone, however deep in work it is."""
    server = multiprocessing.parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(0)
