"""Drawings that a class sends, each with what the network takes it for; in memory alone."""

import secrets
from typing import Any, NamedTuple

from .answers.drawings import DrawingNamed, DrawingsTold, PhoneDrawing
from .problems import Problem
from .rate_limit import RateLimit, too_fast

MOST_DRAWINGS = 240
_DRAWINGS, _SECONDS = 2, 2.0  # of one phone


class Collected(NamedTuple):
    """What is drawn for: a run's network at a step, which takes pictures of a shape."""

    run: str
    step: int
    shape: tuple[int, int, int]
    class_names: tuple[str, ...]


class Collection:
    """Drawings of a class, one a phone. Belongs to the event loop's thread."""

    def __init__(self, about: Collected) -> None:
        self.id = secrets.token_hex(4)
        self.about = about
        self.is_open = True
        self._next = 1
        self._drawings: dict[str, PhoneDrawing] = {}
        self._rate = RateLimit(_DRAWINGS, _SECONDS)

    def check(self, phone: str) -> None:
        """Lets a phone send a drawing.

        Raises:
            Problem: 409 the teacher has closed it, 429 too often, or too many phones.
        """
        if not self.is_open:
            raise Problem(409, "drawings_closed", "The teacher takes no more drawings.")
        self._rate.check(phone)
        if phone not in self._drawings and len(self._drawings) >= MOST_DRAWINGS:
            message = f"There are {MOST_DRAWINGS} drawings already; wait until the teacher begins "
            raise too_fast(60, MOST_DRAWINGS, f"{message}anew.")

    def add(self, phone: str, named: DrawingNamed, pixels: dict[str, Any]) -> None:
        """Keeps a drawing in place of what the phone sent before; it keeps its number."""
        before = self._drawings.get(phone)
        if before is None and len(self._drawings) >= MOST_DRAWINGS:
            return  # others came while this one was named
        number = self._next if before is None else before.number
        self._next += before is None
        self._drawings[phone] = PhoneDrawing(number=number, pixels=pixels, **named.model_dump())

    def remove(self, number: int) -> bool:
        """Takes one away; False if there is none of that number."""
        found = [phone for phone, one in self._drawings.items() if one.number == number]
        for phone in found:
            del self._drawings[phone]
        return bool(found)

    def drawings(self) -> list[PhoneDrawing]:
        """Returns all of them, those that came first first."""
        return list(self._drawings.values())

    def told(self) -> DrawingsTold:
        """Returns what everybody may know."""
        return DrawingsTold(
            id=self.id,
            is_open=self.is_open,
            run=self.about.run,
            step=self.about.step,
            shape=list(self.about.shape),
            class_names=list(self.about.class_names),
            count=len(self._drawings),
        )
