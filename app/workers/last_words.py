"""How runs ended, said until it is on record: else they would seem to train for ever."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from ..events import EncodedEvent
from .archive import Archive
from .assignment import settle
from .roll import Roll

_AGAIN_AFTER_SECONDS = 1.0
_TRIES = 10
_LOG = logging.getLogger("filterscope.supervisor")


@dataclass(eq=False)
class _Word:
    run_id: str
    event: EncodedEvent
    training_seconds: float
    asked: Sequence[Future[None]] = ()
    recorded: Future[None] | None = None
    tries: int = 0
    due: float = 0.0  # a `time.monotonic`


class LastWords:
    """Records how runs ended, again and again where that fails. Belongs to the supervisor's thread.

    A run has one end: what is said of it afterwards is dropped.

    Args:
        archive: keeps what runs tell.
        roll: the runs whose end isn't on record; those whose end is leave it.
        ring: wakes the supervisor's thread.
    """

    def __init__(self, archive: Archive, roll: Roll, ring: Callable[[], None]) -> None:
        self._archive = archive
        self._roll = roll
        self._ring = ring
        self._unsaid: dict[str, _Word] = {}

    def __bool__(self) -> bool:
        return bool(self._unsaid)

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._unsaid

    def say(
        self,
        run_id: str,
        event: EncodedEvent,
        training_seconds: float,
        asked: Sequence["Future[None]"] = (),
    ) -> None:
        """Records the event that ends a run, now or as soon as possible; raises nothing.

        `asked` resolve when it is on record.
        """
        if run_id in self._roll and run_id not in self._unsaid:
            self._unsaid[run_id] = word = _Word(run_id, event, training_seconds, asked)
            self._go_on(word)

    def await_end(
        self,
        run_id: str,
        recorded: "Future[None]",
        otherwise: EncodedEvent,
        training_seconds: float,
    ) -> None:
        """Waits until the end that a run told itself is on record; says `otherwise` if that
        fails.
        """
        if run_id in self._roll and run_id not in self._unsaid:
            self._unsaid[run_id] = _Word(run_id, otherwise, training_seconds, recorded=recorded)
            recorded.add_done_callback(lambda _done: self._ring())

    def repeat(self) -> None:
        """Lets go of what is on record by now, and tries again what couldn't be recorded."""
        for word in list(self._unsaid.values()):
            self._go_on(word)

    def _go_on(self, word: _Word) -> None:
        try:
            if word.recorded is None:
                self._record(word)
            elif word.recorded.done():
                self._note(word, word.recorded.exception())
        except Exception:
            _LOG.exception("how run %s ended isn't said yet", word.run_id)
            word.due = time.monotonic() + _AGAIN_AFTER_SECONDS

    def _record(self, word: _Word) -> None:
        if time.monotonic() < word.due:
            return
        word.tries += 1
        event = word.event
        word.recorded = self._archive.record(word.run_id, [event], word.training_seconds)
        word.recorded.add_done_callback(lambda _done: self._ring())

    def _note(self, word: _Word, problem: BaseException | None) -> None:
        if problem is not None and word.tries < _TRIES:
            word.recorded = None
            word.due = time.monotonic() + _AGAIN_AFTER_SECONDS
            return
        if problem is not None:
            _LOG.error("how run %s ended can't be recorded: %s", word.run_id, problem)
        for asked in word.asked:
            settle(asked, problem)
        self._roll.leave(word.run_id)
        del self._unsaid[word.run_id]
