"""Runs of sweeps whose worker was killed: they go on in another one, from their last checkpoint."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from . import server_events
from .archive import Archive
from .assignment import Assignment
from .roll import Roll
from .run_queue import QueuedRun

_MOST_DEATHS = 3  # without a step in between; then the run itself is what kills


class _Deaths(NamedTuple):
    step: int
    times: int


class Revival:
    """Gives runs whose worker died another one. Belongs to the supervisor's thread.

    Whoever started a single run looks at it, and is told; among a thousand a run that ended for
    want of memory alone would leave a hole in the map.

    Args:
        archive: keeps what runs tell.
        roll: the runs whose end isn't on record.
        ask: has something done in the supervisor's thread.
        line_up: puts a run in line, from its past on.
        give_up: ends a run that can't be put in line.
    """

    def __init__(
        self,
        archive: Archive,
        roll: Roll,
        ask: Callable[[Callable[[], None]], None],
        line_up: Callable[[QueuedRun], None],
        give_up: Callable[[QueuedRun, BaseException], None],
    ) -> None:
        self._archive = archive
        self._roll = roll
        self._ask = ask
        self._line_up = line_up
        self._give_up = give_up
        self._deaths: dict[str, _Deaths] = {}
        self._on_their_way: set[str] = set()

    def __contains__(self, run_id: str) -> bool:
        """Tells whether a run is about to be put in line again."""
        return run_id in self._on_their_way

    def goes_on(self, run: Assignment) -> bool:
        """Has a run go on whose worker died, if it is one of a sweep and may; tells whether."""
        given = self._roll.given(run.run_id)
        is_stopped = run.stop_asked_at is not None or run.last_word is not None
        if given is None or not run.of_sweep or is_stopped or run.ending is not None:
            return False
        if not self._may_again(run):
            return False
        self._on_their_way.add(run.run_id)
        again = given._replace(
            step=run.step, training_seconds=run.training_seconds, is_resumed=True
        )
        event = server_events.status("queued", run.step, "worker_died")
        recorded = self._archive.record(run.run_id, [event], run.training_seconds)
        # What the dead worker told is on disk by then, so that the next one begins after it.
        recorded.add_done_callback(lambda done: self._ask(lambda: self._recorded(again, done)))
        return True

    def _may_again(self, run: Assignment) -> bool:
        before = self._deaths.get(run.run_id, _Deaths(-1, 0))
        times = before.times + 1 if run.step <= before.step else 1
        self._deaths[run.run_id] = _Deaths(run.step, times)
        return times <= _MOST_DEATHS

    def _recorded(self, queued: QueuedRun, done: "Future[None]") -> None:
        try:
            done.result()
            status = self._archive.training_status(queued.run_id)
            self._line_up(queued._replace(status=status))
        except Exception as problem:
            self._give_up(queued, problem)
        finally:
            self._on_their_way.discard(queued.run_id)
