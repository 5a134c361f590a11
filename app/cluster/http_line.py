"""A worker's line to a server elsewhere: a thread of its own speaks, the training doesn't wait."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Self

from ..workers import pulse, server_events
from ..workers.messages import Beat, Report
from .report_wire import report_packet
from .server_question import NotNow, ServerQuestion, ShutOut
from .wire import Said

_UNSENT = 2  # reports; then the training waits, as at a full pipe
_ASKED_EVERY_SECONDS = 1.0
_AGAIN_AFTER_SECONDS = 1.0
_AWAY_SECONDS = 60.0  # then the server won't come back, or has given the run to another


class HttpLine:
    """What a worker says to the server and hears from it, as `ServerLine` has it.

    Args:
        question: asks the server.
        run_id: of the run that is trained.
        attempt: this task's.
        host: the machine's name, noted beside what it computes with.

    Attributes:
        is_listening: whether the training waits for a word, and so has nothing to do.
    """

    def __init__(self, question: ServerQuestion, run_id: str, attempt: int, host: str) -> None:
        self.is_listening = False
        self._question = question
        self._run_id, self._attempt, self._host = run_id, attempt, host
        self._unsent: queue.Queue[Report | None] = queue.Queue(_UNSENT)
        self._heard: queue.SimpleQueue[NamedTuple | None] = queue.SimpleQueue()
        self._heard_number = 0
        self._goes_on = False
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._speak, name="line", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        pulse.start(self)
        return self

    def __exit__(self, *_exception: object) -> None:
        self._hang_up()
        self._thread.join()

    def poll(self) -> bool:
        """Tells whether there is something to hear, if only that the server wants no more."""
        return not self._heard.empty()

    def recv(self) -> Any:
        """Waits for the next message. Raises EOFError where the server wants no more."""
        self.is_listening = True
        try:
            message = self._heard.get()
        finally:
            self.is_listening = False
        if message is None:
            raise EOFError
        return message

    def send(self, message: NamedTuple) -> None:
        """Tells the server, soon. Raises BrokenPipeError where it wants no more."""
        if self._is_over.is_set():
            raise BrokenPipeError
        if isinstance(message, Beat):
            self._goes_on = True
        elif isinstance(message, Report):
            self._put(self._named(message))

    def flush(self) -> None:
        """Waits until all that was said is on disk there, or nobody wants it."""
        with contextlib.suppress(BrokenPipeError):
            self._put(None)
        self._thread.join()

    def _named(self, report: Report) -> Report:
        """Notes which machine computes."""
        if report.numerics is None:
            return report
        numerics = report.numerics.model_copy(update={"host": self._host})
        return report._replace(numerics=numerics)

    def _put(self, report: Report | None) -> None:
        while not self._is_over.is_set():
            with contextlib.suppress(queue.Full):
                self._unsent.put(report, timeout=_ASKED_EVERY_SECONDS)
                return
        raise BrokenPipeError

    def _speak(self) -> None:
        number = 0
        try:
            while not self._is_over.is_set():
                try:
                    report = self._unsent.get(timeout=_ASKED_EVERY_SECONDS)
                except queue.Empty:
                    self._patiently(self._listen)
                    continue
                if report is None:
                    return
                number += 1
                self._tell(number, report)
        except ShutOut:
            pass
        finally:
            self._hang_up()
            self._question.close()

    def _tell(self, number: int, report: Report) -> None:
        try:
            packet = report_packet(report)
        except ValueError as problem:
            step = report.events[-1].step if report.events else 0
            report = report._replace(
                events=[server_events.too_large(step, problem)], is_over=True, checkpoint=None
            )
            packet = report_packet(report)
        run_id, attempt = self._run_id, self._attempt
        self._patiently(
            lambda: self._hear(
                self._question.report(attempt, number, packet, self._heard_number, run_id)
            )
        )

    def _listen(self) -> None:
        goes_on, self._goes_on = self._goes_on, False
        self._hear(
            self._question.listen(self._attempt, self._heard_number, self._run_id, goes_on=goes_on)
        )

    def _hear(self, said: list[Said]) -> None:
        for one in said:
            self._heard_number = one.number
            self._heard.put(one.message)

    def _patiently(self, ask: Callable[[], None]) -> None:
        """Asks until it is answered. Raises ShutOut where nobody answers for long.

        How long a large report takes doesn't count: the time begins when the server is first found
        away, and anew when it has taken more pieces of the report than ever before; where it takes
        those that it took before, it stands still.
        """
        furthest, away_since = -1, 0.0
        while not self._is_over.is_set():
            begun, before = time.monotonic(), self._question.answered
            try:
                ask()
                return
            except NotNow as why:
                now = time.monotonic()
                taken = self._question.answered - before
                if taken > furthest:
                    furthest, away_since = taken, now
                elif taken:
                    away_since += self._question.answered_at - begun
                wait = min(why.seconds or _AGAIN_AFTER_SECONDS, 5.0)
                if now + wait > away_since + _AWAY_SECONDS:
                    raise ShutOut(f"the server is away ({why})") from None
                self._is_over.wait(wait)

    def _hang_up(self) -> None:
        self._is_over.set()
        self._heard.put(None)
