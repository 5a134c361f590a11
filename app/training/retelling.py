"""Training a run again along its log: what was told must be told again, to the byte."""

import itertools
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from ..events import LAST_KINDS, EncodedEvent
from ..past import RecordedEvent, as_recorded
from .instruction import Instruction
from .steering import Steering

_SHOWN = 60  # characters of a value that differs


class Different(Exception):
    """A run trained again doesn't do what its log says; the message says where."""


class Retelling:
    """Takes a training along what is on record, step by step.

    Commands are repeated where the log shows their effects: pauses, their ends, changes of the
    learning rate, a stop.

    Args:
        steering: a training as it was before the first of `kept`.
        kept: what training told from there on, in order.
        is_exact: whether it must come to the same, to the byte; else commands, steps and what
            kind of thing was told are followed, as far as the training still comes to them.
    """

    def __init__(
        self, steering: Steering, kept: Sequence[RecordedEvent], *, is_exact: bool = True
    ) -> None:
        self._steering = steering
        self._due = deque(kept)
        self._is_exact = is_exact
        self._last_step = kept[-1].step if kept else 0

    @property
    def is_done(self) -> bool:
        """Whether all that is on record was told again."""
        return not self._due

    def begin(self) -> list[EncodedEvent]:
        """Begins the training; returns what it tells beyond the log.

        Raises:
            Different: it isn't what the log says.
        """
        return self._beyond(self._steering.training.begin())

    def go_on(self) -> list[EncodedEvent]:
        """Follows the next command or makes an update; returns what it tells beyond the log.

        Raises:
            Different: it isn't what the log says.
        """
        if not self._is_exact:
            self._pass_by()
        if self.is_done:
            return []
        due = self._due[0]
        if due.kind == "run_stopped" and due.step >= self._steering.step:
            self._due.clear()  # whoever had to stop a worker by force got no last words
            return []
        instruction = self._instruction()
        told = self._steering.obey(instruction) if instruction is not None else []
        if told:
            return self._beyond(told)
        if self._steering.is_over or self._steering.is_paused or due.step < self._steering.step:
            raise Different(f"{_named(due)} wasn't told again, at step {self._steering.step}")
        return self._beyond(self._steering.go_on())

    def _instruction(self) -> Instruction | None:
        """Returns what somebody wanted next, as far as the log shows it at this step."""
        now = itertools.takewhile(lambda due: due.step == self._steering.step, self._due)
        return next(
            (instruction for due in now if (instruction := _instruction_behind(due)) is not None),
            None,
        )

    def _beyond(self, told: Iterable[EncodedEvent]) -> list[EncodedEvent]:
        return [event for event in told if not self._is_on_record(event)]

    def _is_on_record(self, event: EncodedEvent) -> bool:
        if not self._due:
            return False
        if not self._is_exact:
            return self._is_about_on_record(event)
        due = self._due.popleft()
        again = as_recorded(event, due.seq)
        if again != due:
            raise Different(f"{_named(due)} differs: {'; '.join(_differences(due, again))}")
        return True

    def _pass_by(self) -> None:
        """Leaves out what isn't told this time, as its step is over."""
        while self._due and self._due[0].step < self._steering.step:
            self._due.popleft()

    def _is_about_on_record(self, event: EncodedEvent) -> bool:
        """Tells whether something of this kind was told at this step, or what was told has covered
        it.
        """
        if event.kind in LAST_KINDS or event.step > self._last_step:
            self._due.clear()
            return False
        like = ((due.kind, due.step) == (event.kind, event.step) for due in self._due)
        for _ in range(next((place + 1 for place, is_it in enumerate(like) if is_it), 0)):
            self._due.popleft()
        return True


def _instruction_behind(event: RecordedEvent) -> Instruction | None:
    body = json.loads(event.body)
    if event.kind == "learning_rate_changed":
        return Instruction(learning_rate=body["learning_rate"])
    if event.kind == "length_changed":
        return Instruction(total_steps=body["total_steps"])
    if event.kind == "run_stopped":
        return Instruction(status="stopped")
    if event.kind == "status_changed":
        return Instruction(status=body["status"], advance=body.get("advance"))
    return None


def _named(event: RecordedEvent) -> str:
    return f"event {event.seq} ({event.kind}, step {event.step})"


def _differences(due: RecordedEvent, again: RecordedEvent) -> Iterator[str]:
    """Returns what differs, the first of each, in words."""
    if (again.kind, again.step) != (due.kind, due.step):
        yield f"this time {again.kind} came at step {again.step}"
        return
    was, now = json.loads(due.body), json.loads(again.body)
    for field in {**was, **now}:
        if was.get(field) != now.get(field):
            yield f"{field}{_first_difference(was.get(field), now.get(field))}"
            return
    for (name, *old), (_, *new) in zip(due.arrays, again.arrays, strict=False):
        if old != new:
            yield f"the bytes of {name}"
            return
    yield "other arrays lie beside it, or its fields have another order"


def _first_difference(was: object, now: object) -> str:
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        index = next(index for index, pair in enumerate(zip(was, now, strict=True)) if _odd(pair))
        return f"[{index}]{_first_difference(was[index], now[index])}"
    return f" was {json.dumps(was)[:_SHOWN]}, is {json.dumps(now)[:_SHOWN]}"


def _odd(pair: tuple[object, object]) -> bool:
    return pair[0] != pair[1]
