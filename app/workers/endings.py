"""Ends runs whose workers can't: says how they ended, and lets go of the worker."""

import contextlib
import logging
from collections.abc import Callable, Iterator

from ..events import EncodedEvent
from . import server_events
from .archive import Archive
from .assignment import Assignment
from .holding import Lost, Pool
from .last_words import LastWords

ENDED = "This run has ended. Start it again to train further."
_LOG = logging.getLogger("filterscope.supervisor")


class Endings:
    """Ends runs, each alone. Belongs to the supervisor's thread.

    Args:
        runs: the runs that workers have in hand, by their id; those that end leave it.
        archive: keeps the crash reports.
        pool: the workers.
        last_words: records how runs ended.
    """

    def __init__(
        self,
        runs: dict[str, Assignment],
        archive: Archive,
        pool: Pool,
        last_words: LastWords,
    ) -> None:
        self._runs = runs
        self._archive = archive
        self._pool = pool
        self._last_words = last_words
        self._goes_on: Callable[[Assignment], bool] = lambda _run: False

    def unless(self, goes_on: Callable[[Assignment], bool]) -> None:
        """Has `goes_on` asked of runs whose worker died; those of which it is true don't end."""
        self._goes_on = goes_on

    @contextlib.contextmanager
    def alone(self, run: Assignment) -> Iterator[None]:
        """Ends the run, with a sentence, where its block raises; the others go on."""
        try:
            yield
        except Exception as problem:
            self.end_for(run, problem)

    def end_for(self, run: Assignment, problem: Exception) -> None:
        """Ends a run with which the server itself met an error."""
        _LOG.error("run %s can't go on", run.run_id, exc_info=problem)
        if self._is_in_hand(run):
            self._end(run, run.last_word or server_events.given_up(run.step, problem))
            self._pool.let_go(run.worker)

    def end_unrecorded(self, run: Assignment) -> None:
        """Ends a run of which something couldn't be kept, rather than let it go on with a gap."""
        if self._is_in_hand(run):
            run.last_word = server_events.unrecorded(run.step)
            run.worker.kill()

    def bury(self, run: Assignment) -> None:
        """Says how the worker of a run died, and has a new worker warm up."""
        if not self._is_in_hand(run):
            return
        death = run.worker.how_it_ended(run.peak_memory_bytes)
        if self._goes_on(run):
            self.release(run)
        else:
            self._say_how_it_died(run, death)
        self._pool.let_go(run.worker)
        self._pool.warm_one()

    def _say_how_it_died(self, run: Assignment, death: Lost) -> None:
        self._end(run, run.last_word or server_events.died(run.step, death))
        if run.last_word is None:
            self._archive.keep_crash_report(run.run_id, death.report(run.run_id, run.step))

    def release(self, run: Assignment) -> None:
        """Lets go of a run whose end is told, and answers everyone who still waits for it."""
        self._runs.pop(run.run_id, None)
        run.refuse_unanswered(ENDED)

    def _end(self, run: Assignment, last_word: EncodedEvent) -> None:
        """Ends a run, unless its worker has told the end itself. A stop by force is a stop."""
        if run.ending is not None:
            unrecorded = server_events.unrecorded(run.step)
            self._last_words.await_end(run.run_id, run.ending, unrecorded, run.training_seconds)
        else:
            stops = run.stops if last_word.kind == "run_stopped" else []
            self._last_words.say(run.run_id, last_word, run.training_seconds, stops)
            run.unanswered = {n: one for n, one in run.unanswered.items() if one not in stops}
        self.release(run)

    def _is_in_hand(self, run: Assignment) -> bool:
        return self._runs.get(run.run_id) is run
