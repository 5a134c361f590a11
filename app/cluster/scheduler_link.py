"""The process that speaks to the scheduler, as the server holds it."""

import contextlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from . import scheduler_process
from .notices import ClusterState, Release, Submit, TaskLost, TaskPlaced, Where

_AGAIN_AFTER_SECONDS = 5.0
_LOG = logging.getLogger("filterscope.cluster")


class SchedulerLink:
    """Keeps a process beside the scheduler, and starts it anew where it ends.

    Args:
        where: the scheduler and the server are.

    Attributes:
        state: how the cluster stands, as far as is known.
    """

    def __init__(self, where: Where) -> None:
        self.where = where
        self.state = ClusterState(trouble=f"The scheduler at {where.scheduler} is being asked.")
        self._lock = threading.Lock()
        self._leases: dict[str, None] = {}
        self._connection: Connection | None = None
        self._process: BaseProcess | None = None
        self._is_closed = threading.Event()
        self._lose: Callable[[str, str], None] = lambda _lease, _words: None
        self._place: Callable[[str, str | None], None] = lambda _lease, _worker: None
        self._ring: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._keep, name="scheduler-link", daemon=True)

    def open(
        self,
        lose: Callable[[str, str], None],
        place: Callable[[str, str | None], None],
        ring: Callable[[], None],
    ) -> None:
        """Says whom to tell; the process starts with the first turn of a thread of its own.

        Args:
            lose: called with a lease and why nobody trains what belongs to it.
            place: called with a lease and which worker has its task; None: none has.
            ring: called when more runs may find a place.
        """
        self._lose, self._place, self._ring = lose, place, ring
        self._thread.start()

    def submit(self, lease: str) -> None:
        """Has a task train what belongs to a lease, now or as soon as there is a scheduler."""
        with self._lock:
            self._leases[lease] = None
            self._tell(Submit(lease))

    def release(self, lease: str) -> None:
        """Wants no task for a lease any more."""
        with self._lock:
            if lease in self._leases:
                del self._leases[lease]
                self._tell(Release(lease))

    def close(self, deadline: float) -> None:
        """Ends the process by `deadline`, a `time.monotonic`."""
        self._is_closed.set()
        with self._lock:
            if self._connection is not None:
                self._tell(None)
        process = self._process
        if process is not None:
            process.join(max(0.1, deadline - time.monotonic()))
            process.kill()

    def _tell(self, message: Submit | Release | None) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError):  # it has ended, and the next is told all
                self._connection.send(message)

    def _keep(self) -> None:
        while not self._is_closed.is_set():
            try:
                self._listen(self._started())
            except (EOFError, OSError):
                pass
            except Exception:
                _LOG.exception("the process beside the scheduler is in trouble")
            with self._lock:
                self._connection = None
            if not self._is_closed.is_set():
                self._note(ClusterState(trouble="The process that asks the scheduler has ended."))
                self._is_closed.wait(_AGAIN_AFTER_SECONDS)

    def _started(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        near_end, far_end = context.Pipe()
        with far_end:
            process = context.Process(
                target=scheduler_process.main,
                args=(far_end, self.where),
                name="filterscope-scheduler",
                daemon=True,
            )
            process.start()
        with self._lock:
            self._process, self._connection = process, near_end
            for lease in self._leases:
                self._tell(Submit(lease))
        return near_end

    def _listen(self, connection: Connection) -> None:
        with connection:
            while True:
                message = connection.recv()
                if isinstance(message, ClusterState):
                    self._note(message)
                elif isinstance(message, TaskLost):
                    self._lose(message.lease, message.words)
                elif isinstance(message, TaskPlaced):
                    self._place(message.lease, message.worker)

    def _note(self, state: ClusterState) -> None:
        if state.trouble != self.state.trouble:
            if state.trouble is None:
                _LOG.info("the cluster has %d threads", state.threads)
            else:
                _LOG.warning("%s", state.trouble)
        self.state = state
        self._ring()
