"""The places that runs have on a cluster, in place of the worker processes of a machine."""

import secrets
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from ..workers.holding import Worker
from .remote_worker import RemoteWorker
from .scheduler_link import SchedulerLink

_AHEAD = 8  # tasks beyond the workers' threads, by which a cluster that adapts learns to grow


class ClusterPool:
    """Makes places on the cluster and finds them by their leases.

    All but `find`, `lose`, `place` and `places` belongs to the supervisor's thread.

    Args:
        link: to the scheduler.

    Attributes:
        link: as given.
    """

    def __init__(self, link: SchedulerLink) -> None:
        self.link = link
        self._lock = threading.Lock()
        self._made: dict[str, RemoteWorker] = {}
        self._ring: Callable[[], None] = lambda: None

    def made_for(self, _cache_folder: Path, ring: Callable[[], None]) -> "ClusterPool":
        """Has `ring` called whenever a task has said something; returns the pool itself."""
        self._ring = ring
        self.link.open(self.lose, self.place, ring)
        return self

    def places(self) -> int:
        """Says how many runs may have one just now; none while nobody can train them."""
        state = self.link.state
        return state.threads + _AHEAD if state.trouble is None else 0

    def find(self, lease: str) -> RemoteWorker | None:
        """Finds whose lease it is."""
        with self._lock:
            return self._made.get(lease)

    def lose(self, lease: str, words: str) -> None:
        """Notes that the cluster goes on with a run no more."""
        if worker := self.find(lease):
            worker.lose(words)

    def place(self, lease: str, worker: str | None) -> None:
        """Notes which worker of the cluster has a run's task."""
        if found := self.find(lease):
            found.mail.place(worker)

    def warm_one(self) -> None:
        """Makes nothing: the cluster keeps its own processes warm."""

    def sentinels(self) -> list[Any]:
        """Returns nothing, for none is idle."""
        return []

    def take(self) -> RemoteWorker:
        """Makes a place for a run; a task begins when its job is sent there."""
        link, lease = self.link, secrets.token_hex(16)
        worker = RemoteWorker(lease, self._ring, link.submit, self._let_lease_go)
        with self._lock:
            self._made[lease] = worker
        return worker

    def take_back(self, worker: Worker) -> None:
        """Lets go of the place of a run that is over."""
        worker.close(0.0)

    def let_go(self, worker: Worker) -> None:
        """Lets go of a run's place at once."""
        worker.discard()

    def dismiss_dead(self, ready: Collection[Any]) -> None:
        """Does nothing, for none is idle."""

    def dismiss_unreachable(self) -> None:
        """Does nothing, for none is idle."""

    def dismiss_lost(self, in_hand: Collection[Worker], silent_seconds: float) -> None:
        """Lets go of places that no run has."""
        for worker in self._all():
            if worker not in in_hand:
                worker.discard()

    def dismiss_all(self, deadline: float) -> None:
        """Lets go of all, and of the cluster."""
        for worker in self._all():
            worker.discard()
        self.link.close(deadline)

    def kill_all(self) -> None:
        """Shuts all tasks out; for any thread."""
        for worker in self._all():
            worker.kill()

    def clear_traces(self) -> None:
        """Does nothing: tasks leave no files here."""

    def _all(self) -> list[RemoteWorker]:
        with self._lock:
            return list(self._made.values())

    def _let_lease_go(self, lease: str) -> None:
        with self._lock:
            self._made.pop(lease, None)
        self.link.release(lease)
