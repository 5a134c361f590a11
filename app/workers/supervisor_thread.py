"""The thread that looks after workers: turn by turn, until the server closes."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from ..heartbeat import Heartbeat
from .assignments import Assignments
from .bell import Bell
from .containment import Stages, contained
from .holding import Pool
from .last_words import LastWords
from .requests import Requests
from .turns import Turns

_STOPS_LOOKED_AT_SECONDS = 0.25
_ROOM_LOOKED_AT_SECONDS = 1.0
_AFTER_TROUBLE_SECONDS = 0.1
_HEARTBEAT_SECONDS = 5.0
_CLOSED_WITHIN_SECONDS = 5.0  # beyond what it is given
_LOG = logging.getLogger("filterscope.supervisor")


class SupervisorThread:
    """Serves requests, reports and those whose turn it is; what goes wrong in a turn ends there.

    Args:
        bell: wakes the thread.
        requests: what other threads ask for.
        pool: the workers.
        assignments: the runs that workers have in hand.
        turns: the runs that wait.
        last_words: records how runs ended.
        has_room: whether what runs tell can be kept just now; while not, none trains.
        stalled_seconds: of silence, until an idle worker is ended.
    """

    def __init__(
        self,
        bell: Bell,
        requests: Requests,
        pool: Pool,
        assignments: Assignments,
        turns: Turns,
        last_words: LastWords,
        has_room: Callable[[], bool],
        stalled_seconds: float,
    ) -> None:
        self._bell = bell
        self._requests = requests
        self._pool = pool
        self._assignments = assignments
        self._turns = turns
        self._last_words = last_words
        self._has_room = has_room
        self._stalled_seconds = stalled_seconds
        self._closing = False
        self._is_closed = False
        self._is_warm = False
        self._is_room = False
        self._stages = self._all_stages()
        self._close_seconds = 0.0
        self._ready: set[Any] = set()
        self._thread = threading.Thread(target=self._serve, name="supervisor", daemon=True)
        self.heartbeat = Heartbeat(self._thread, "starts and stops runs")

    def start(self) -> None:
        """Begins to serve, with one worker warming up for the first run."""
        self._thread.start()

    @property
    def trouble(self) -> str | None:
        """Why no run can train just now, in words; None if all is well."""
        return self.heartbeat.trouble or self._turns.trouble

    def close(self, timeout_seconds: float) -> None:
        """Ends all workers within about `timeout_seconds`, and the thread."""
        self._close_seconds = timeout_seconds
        self._closing = True
        self._bell.ring()
        self._thread.join(timeout_seconds + _CLOSED_WITHIN_SECONDS)
        self._pool.kill_all()

    def _serve(self) -> None:
        while not self._is_closed:
            try:
                self._turn()
            except Exception:
                self._catch_breath()

    def _turn(self) -> None:
        if self._closing:
            self._shut_down()
        elif self._stages.go_through():
            self.heartbeat.beat()
        else:
            self._catch_breath()

    def _catch_breath(self) -> None:
        """Waits a moment after something went wrong, which may go wrong again at once."""
        with contextlib.suppress(Exception):
            time.sleep(_AFTER_TROUBLE_SECONDS)

    def _all_stages(self) -> Stages:
        return Stages(
            {
                "warming up a worker": self._warm_up,
                "waiting for something to do": lambda: self._wait(),
                "silencing the bell": lambda: self._bell.silence(),
                "carrying out a request": lambda: self._requests.carry_out_next(),
                "hearing workers": lambda: self._assignments.hear(self._ready),
                "dismissing workers that died": lambda: self._pool.dismiss_dead(self._ready),
                "pressing stops": lambda: self._assignments.press_stops(),
                "watching for workers that stand still": lambda: self._assignments.watch(),
                "saying how runs ended": lambda: self._last_words.repeat(),
                "looking for room": self._look_for_room,
                "giving out turns": self._give_turns,
                "looking for lost runs": lambda: self._turns.end_lost(),
                "looking for lost workers": self._dismiss_lost,
            }
        )

    def _warm_up(self) -> None:
        if not self._is_warm:
            self._is_warm = True
            with contained("clearing up after the last server"):
                self._pool.clear_traces()
            self._pool.warm_one()

    def _wait(self) -> None:
        """Waits for what becomes ready. A worker that can't be waited for loses its run, not the
        others.
        """
        self._ready = set()
        bell = self._bell.source
        try:
            workers = [*self._assignments.sentinels(), *self._pool.sentinels()]
            self._ready = set(wait([bell, *workers], self._patience()))
        except Exception:
            _LOG.exception("some worker can't be waited for")
            self._assignments.end_unreachable()
            self._pool.dismiss_unreachable()
            self._ready = set(wait([bell], _ROOM_LOOKED_AT_SECONDS))

    def _look_for_room(self) -> None:
        self._is_room = False
        try:
            self._is_room = self._has_room()
        except Exception:  # a disk that can't be looked at keeps nothing either
            _LOG.exception("nobody can say how much room there is")
        self._assignments.hold(not self._is_room)

    def _give_turns(self) -> None:
        if self._is_room:
            self._turns.assign()

    def _dismiss_lost(self) -> None:
        self._pool.dismiss_lost(self._assignments.workers, self._stalled_seconds)

    def _patience(self) -> float:
        if self._assignments.is_stopping:
            return _STOPS_LOOKED_AT_SECONDS
        is_busy = len(self._assignments) or self._turns or self._last_words
        return _ROOM_LOOKED_AT_SECONDS if is_busy else _HEARTBEAT_SECONDS

    def _shut_down(self) -> None:
        self._is_closed = True
        deadline = time.monotonic() + self._close_seconds
        with contained("leaving the runs that wait"):
            self._turns.interrupt_all()
        with contained("taking leave of the runs in hand"):
            self._assignments.leave(deadline)
        with contained("ending the workers"):
            self._pool.dismiss_all(deadline)
