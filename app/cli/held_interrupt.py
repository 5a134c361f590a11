"""Ctrl-C while something is asked whose answer must not be lost."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_PATIENCE_SECONDS = 10.0  # after Ctrl-C
_Answer = TypeVar("_Answer")


class AnswerUnknown(Exception):
    """Nobody waited for the answer any longer."""


def answered_in_spite(
    ask: Callable[[], _Answer], answer: "Future[_Answer]"
) -> tuple[_Answer, bool]:
    """Returns what `ask` returns, and whether Ctrl-C was pressed meanwhile; raises what it raises.

    It runs in a thread of its own: whoever presses Ctrl-C learns what became of the question.

    Args:
        answer: keeps it for whoever is interrupted before this has returned it.

    Raises:
        AnswerUnknown: it took ten seconds more, or Ctrl-C was pressed again.
    """

    def asked() -> None:
        try:
            answer.set_result(ask())
        except BaseException as problem:
            answer.set_exception(problem)

    thread = threading.Thread(target=asked, name="asked", daemon=True)
    try:
        try:
            thread.start()
            return answer.result(), False
        except KeyboardInterrupt:
            return answer.result(_PATIENCE_SECONDS), True
    except (TimeoutError, KeyboardInterrupt):
        raise AnswerUnknown from None
