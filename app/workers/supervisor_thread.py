"""The thread that looks after workers: turn by turn, until the server closes."""

import logging
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from ..heartbeat import Heartbeat
from .assignments import Assignments
from .containment import contained
from .last_words import LastWords
from .pool import WorkerPool
from .requests import Requests
from .turns import Turns

_STOPS_LOOKED_AT_SECONDS = 0.25
_ROOM_LOOKED_AT_SECONDS = 1.0
_AFTER_TROUBLE_SECONDS = 1.0
_HEARTBEAT_SECONDS = 5.0
_LOG = logging.getLogger("filterscope.supervisor")


class SupervisorThread:
    """Serves requests, reports and those whose turn it is; what goes wrong in a turn ends there.

    Args:
        requests: what other threads ask for.
        pool: the workers.
        assignments: the runs that workers have in hand.
        turns: the runs that wait.
        last_words: records how runs ended.
        has_room: whether what runs tell can be kept just now; while not, none trains.
    """

    def __init__(
        self,
        requests: Requests,
        pool: WorkerPool,
        assignments: Assignments,
        turns: Turns,
        last_words: LastWords,
        has_room: Callable[[], bool],
    ) -> None:
        self._requests = requests
        self._pool = pool
        self._assignments = assignments
        self._turns = turns
        self._last_words = last_words
        self._has_room = has_room
        self._closing = False
        self._close_seconds = 0.0
        self._thread = threading.Thread(target=self._serve, name="supervisor", daemon=True)
        self.heartbeat = Heartbeat(self._thread, "starts and stops runs")

    def start(self) -> None:
        """Begins to serve, with one worker warming up for the first run."""
        self._thread.start()

    @property
    def trouble(self) -> str | None:
        """Why no run can train just now, in words; None if all is well."""
        return self.heartbeat.trouble

    def close(self, timeout_seconds: float) -> None:
        """Ends all workers within about `timeout_seconds`, and the thread."""
        self._close_seconds = timeout_seconds
        self._closing = True
        self._requests.ask(lambda: None)
        self._thread.join()

    def _serve(self) -> None:
        with contained("clearing up after the last server"):
            self._pool.clear_traces()
        with contained("warming up a worker"):
            self._pool.warm_one()
        while not self._closing:
            with contained("a turn of the supervisor"):
                self._turn()
                self.heartbeat.beat()
        self._shut_down()

    def _turn(self) -> None:
        ready = self._wait()
        if self._requests.bell in ready:
            self._requests.carry_out_next()
        self._assignments.hear(ready)
        with contained("dismissing workers that died"):
            self._pool.dismiss_dead(ready)
        self._assignments.press_stops()
        self._last_words.repeat()
        has_room = self._is_there_room()
        self._assignments.hold(not has_room)
        if has_room:
            self._turns.assign()

    def _wait(self) -> set[Any]:
        """Waits for what becomes ready. A worker that can't be waited for loses its run, not the
        others.
        """
        try:
            workers = [*self._assignments.sources(), *self._pool.sentinels()]
            return set(wait([self._requests.bell, *workers], self._patience()))
        except Exception:
            _LOG.exception("some worker can't be waited for")
            self._assignments.end_unreachable()
            self._pool.dismiss_unreachable()
            return set(wait([self._requests.bell], _AFTER_TROUBLE_SECONDS))

    def _is_there_room(self) -> bool:
        try:
            return self._has_room()
        except Exception:  # a disk that can't be looked at keeps nothing either
            _LOG.exception("nobody can say how much room there is")
            return False

    def _patience(self) -> float:
        if self._assignments.is_stopping:
            return _STOPS_LOOKED_AT_SECONDS
        is_busy = len(self._assignments) or self._turns or self._last_words
        return _ROOM_LOOKED_AT_SECONDS if is_busy else _HEARTBEAT_SECONDS

    def _shut_down(self) -> None:
        self._turns.interrupt_all()
        with contained("taking leave of the workers"):
            self._assignments.leave(time.monotonic() + self._close_seconds)
