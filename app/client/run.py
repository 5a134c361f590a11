"""A run that is watched: what a training tells of itself, and what comes back."""

from __future__ import annotations

import atexit
import contextlib
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from .by_hand import ByHand
from .cells import close_earlier
from .destinations import destination_of
from .ending import Outcome, error_of_script, outcome_of
from .film_file import FilmFile, file_named
from .forking import stop_in_children
from .logged import NEVER_CHANGING, Number, ValueReader, known
from .pace import Pace
from .registration import MOST_LAYERS, registration_of
from .saying import say, sendable_text
from .sender import Sender
from .settings import WatchSettings
from .silent import SilentRun
from .waiting import Waiting
from .watched_network import Taken

_VALUES = ("loss", "accuracy")


class WatchedRun:
    """Tells a server, or a file, of a training in this process.

    None of its methods waits or raises: what goes wrong is said in one line, and training goes on.

    Attributes:
        count: updates made so far; step n is the network after n updates.
        total_steps: how many there will be, where that is known.
        layers: titles that the script chose.
        at_close: called once at the beginning of `close`, for the last frame.
        before_row: called with a step before values of it are put in line: steps never fall.
        alerts: what the server warned of, until `heard` hands it on.
        next_due: the count up to which `step` has nothing to take.
        asked: the function that the newest `step` brought.
    """

    def __init__(
        self, settings: WatchSettings, framework: str | None = None, pace: Pace | None = None
    ) -> None:
        pace = pace or Pace()
        self._settings, self._framework = settings, framework
        self.count, self.total_steps = settings.from_step, settings.total_steps
        self.layers = settings.layers
        self.at_close: Callable[[], object] = _nothing
        self.before_row: Callable[[int], object] | None = None
        self.next_due, self.asked = -math.inf, None
        self._waiting = Waiting()
        rest = FilmFile(file_named(settings.name), settings.key)
        destination = destination_of(settings, rest, pace)
        self._sender = Sender(self._waiting, destination, rest, pace)
        self.alerts = self._sender.alerts
        self._by_hand, self._reader = ByHand(self), ValueReader()
        self._loss: Number = None
        self._is_registered = self._is_closed = False
        stop_in_children(self)
        atexit.register(self._at_exit)
        self._sender.start()
        close_earlier(self._close_as_it_is)

    @property
    def name(self) -> str:
        """What people call the run."""
        return self._settings.name

    @property
    def key(self) -> str:
        """By which server and files know the run; with it another process can go on."""
        return self._settings.key

    @property
    def url(self) -> str | None:
        """The run's page, once a server has it."""
        return self._sender.page

    @property
    def file(self) -> Path | None:
        """Where the run lies, or what no server took of it, once it does."""
        return self._sender.file

    @property
    def wanted(self) -> tuple[int, ...]:
        """Places of layers that somebody looks at."""
        return self._sender.wanted

    @property
    def is_over(self) -> bool:
        """Whether nothing is told any more."""
        return self._is_closed or self._sender.is_over

    def register(self, told: Mapping[str, Any]) -> None:
        """Says what network it is, once; nothing is sent before.

        Args:
            told: at least `layers`, as a registration has them; anything else of a registration
                but what the run knows itself.
        """
        if self._is_registered or self.is_over:
            return
        self._is_registered = True
        said = registration_of(self._settings, told, self._framework, self.total_steps)
        self.total_steps = said["total_steps"]
        self._sender.begin(said, self._settings.from_step)

    def snapshot(self, step: int, arrays: Sequence[Taken]) -> None:
        """Puts weights in line that nobody changes any more, as they are after `step` updates."""
        if not self.is_over:
            known = [taken for taken in arrays if taken.layer < MOST_LAYERS]
            self._waiting.add_snapshot(step, known)

    def log(
        self, values: Mapping[str, Any] | None = None, /, *, step: int | None = None, **named: Any
    ) -> None:
        """Tells numbers of a step, as `log(loss=loss, accuracy=.9)`: anything with a number in it.

        Args:
            step: updates made; as many as were counted unless said.
        """
        if not (self._is_closed or self._sender.is_over):
            try:
                known = self.count if step is None else int(step)
                self._note(known, {**values, **named} if values else named)
            except Exception as problem:
                self._give_up(problem)
        if self.alerts:
            self.heard()

    def evaluated(self, step: int, *, loss: Any = None, accuracy: Any = None) -> None:
        """Tells how images were done that aren't trained on."""
        if self.is_over:
            return
        item: dict[str, Any] = {"kind": "evaluated", "step": step}
        for name, value in zip(_VALUES, (loss, accuracy), strict=True):
            item[name] = self._reader.number(name, value)
        self._waiting.add(item)

    def step(
        self, kernels: Any, step: int | None = None, *, last: bool = False, **values: Any
    ) -> None:
        """Tells of a step of a training that nothing else counts, as one in NumPy or JAX.

        Args:
            kernels: a function that gives the kernels as they are now, or they themselves: by
                their layers' names, axes in Keras's order (a convolution's: height, width, in,
                out), float of any kind. It is only asked when the step is due.
            step: updates made before, so 0 first; counted from call to call unless said.
            last: that this is the last frame, due or not. The step `total_steps` always is.
            values: what `log` takes.
        """
        try:
            count = self.count + 1 if step is None else step
            if type(count) is int and count < self.next_due and not last:  # so nearly always
                self.count, self.asked = count, kernels if callable(kernels) else None
                if values:
                    self._note(count, values)
            elif not self.is_over:
                self._by_hand.step(kernels, step, last)
                if values:
                    self._note(self.count, values)
        except Exception as problem:
            self._give_up(problem)
        if self.alerts:
            self.heard()

    def heard(self) -> None:
        """Hands alerts that have come to the script's own function, which may raise."""
        alerts = self.alerts
        while alerts and self._settings.on_alert is not None:
            self._settings.on_alert(alerts.popleft())

    def say(self, words: str) -> None:
        """Prints one line."""
        say(words)

    def _repr_html_(self) -> str:
        """Shows a notebook how the training goes: a line, a link and the filters so far."""
        from .notebook import Output, as_html  # only where there is a notebook
        from .offline_page import fetch_page

        self._sender.catch_up(4)
        page = fetch_page(self.url, self._settings.token, 6) if self.url else None
        file = None if self.file is None else str(self.file)
        loss = known(self._loss)
        return as_html(Output(self.name, self.count, loss, self.url, file, page))

    def close(self, outcome: Outcome = "finished", message: str | None = None) -> None:
        """Ends the run: what waits is sent, or kept in a file, in three seconds at most.

        Args:
            outcome: how the training ended.
            message: what it failed with.
        """
        if self._is_closed:
            return
        with contextlib.suppress(Exception):  # at exit much may be gone already
            self.at_close()
            if outcome == "finished" and not self.is_over:
                self._by_hand.take_last()
        self._is_closed, self.next_due = True, -math.inf
        atexit.unregister(self._at_exit)
        if not self._sender.is_over:
            item = {"kind": "end", "step": self.count, "outcome": outcome}
            item["message"] = None if message is None else sendable_text(message, 1000)
            self._waiting.add(item)
        self._sender.close()

    def __enter__(self) -> WatchedRun:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close(*outcome_of(error))

    def __reduce__(self) -> tuple[type[SilentRun], tuple[()]]:
        """Copies and pickles as a run that does nothing: it lives in one process, once."""
        return SilentRun, ()

    def become_silent(self) -> None:
        """Does nothing from now on: this is a forked child, whose parent tells of the run."""
        self._is_closed, self.next_due = True, -math.inf
        atexit.unregister(self._at_exit)

    def _close_as_it_is(self) -> None:
        """Ends the run where its training may not be over: nobody tells of it any more."""
        is_done = self.total_steps is not None and self.count >= self.total_steps
        self.close("finished" if is_done else "stopped")

    def _note(self, step: int, values: dict[str, Any]) -> None:
        for value in values.values():
            if type(value) not in NEVER_CHANGING:
                values = self._reader.read(values)
                break
        if "loss" in values:
            self._loss = values["loss"]
        if self.before_row is not None:
            self.before_row(step)
        self._waiting.add_row(step, values)

    def _give_up(self, problem: Exception) -> None:
        self._sender.give_up(f"watching stopped ({type(problem).__name__}: {problem})")

    def _at_exit(self) -> None:
        self.close(*outcome_of(error_of_script()))


def _nothing(*_: object) -> None:
    """Does nothing."""
