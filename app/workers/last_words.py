"""How runs ended, said until it is on record: else they would seem to train for ever."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from ..events import EncodedEvent
from .archive import Archive

_AGAIN_AFTER_SECONDS = 1.0
_TRIES = 10
_LOG = logging.getLogger("filterscope.supervisor")


class _Word(NamedTuple):
    run_id: str
    event: EncodedEvent
    training_seconds: float
    tries: int = 1
    due: float = 0.0  # a `time.monotonic`


class LastWords:
    """Records how runs ended, again and again where that fails. Belongs to the supervisor's thread.

    Args:
        archive: keeps what runs tell.
        ask: has something done in the supervisor's thread.
    """

    def __init__(self, archive: Archive, ask: Callable[[Callable[[], None]], None]) -> None:
        self._archive = archive
        self._ask = ask
        self._unsaid: list[_Word] = []

    def __bool__(self) -> bool:
        return bool(self._unsaid)

    def say(self, run_id: str, event: EncodedEvent, training_seconds: float) -> None:
        """Records the event that ends a run, now or as soon as possible; raises nothing."""
        self._say(_Word(run_id, event, training_seconds))

    def repeat(self) -> None:
        """Tries again what couldn't be recorded a while ago."""
        now = time.monotonic()
        due = [word for word in self._unsaid if word.due <= now]
        self._unsaid = [word for word in self._unsaid if word.due > now]
        for word in due:
            self._say(word)

    def _say(self, word: _Word) -> None:
        try:
            recorded = self._archive.record(word.run_id, [word.event], word.training_seconds)
        except Exception as problem:
            self._keep(word, problem)
        else:
            recorded.add_done_callback(lambda done: self._check(done, word))

    def _check(self, recorded: "Future[None]", word: _Word) -> None:
        if problem := recorded.exception():
            self._ask(lambda: self._keep(word, problem))

    def _keep(self, word: _Word, problem: BaseException) -> None:
        if word.tries < _TRIES:
            due = time.monotonic() + _AGAIN_AFTER_SECONDS
            self._unsaid.append(word._replace(tries=word.tries + 1, due=due))
        else:
            _LOG.error("how run %s ended can't be recorded: %s", word.run_id, problem)
