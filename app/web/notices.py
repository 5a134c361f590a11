"""What holds now in the class, of each kind the newest alone, and who is told of it."""

import contextlib
from collections.abc import Iterator

from pydantic import BaseModel

from .channel import Viewer


class Notices:
    """Notices by what they are about; each takes the place of the one before.

    Belongs to the event loop's thread.
    """

    def __init__(self) -> None:
        self._number = 0
        self._events: dict[str, tuple[int, bytes]] = {}
        self._over: set[str] = set()  # of which who comes later need not hear
        self._readers: dict[Viewer, bool] = {}  # whether they follow

    def followers(self) -> int:
        """Counts the readers that follow."""
        return sum(self._readers.values())

    def post(self, about: str, kind: str, told: BaseModel | None) -> None:
        """Puts up a notice, an event of `kind`, and wakes all readers."""
        data = "null" if told is None else told.model_dump_json()
        self._put(about, f"event: {kind}\ndata: {data}\n\n".encode())
        if told is None:
            self._over.add(about)

    def post_nobody(self) -> None:
        """Says that nobody leads."""
        self._put("place", b"event: nobody\ndata: {}\n\n")

    def take_down(self, about: str) -> None:
        """Has nobody hear of it any more."""
        self._events.pop(about, None)

    def after(self, number: int, *, leads: bool) -> tuple[int, list[bytes]]:
        """Returns what was posted after `number`, oldest first, and the number to go on from."""
        newer = sorted(
            (posted, event)
            for about, (posted, event) in self._events.items()
            if posted > number
            and (leads or about != LEADERS_OWN)
            and (number or about not in self._over)
        )
        return self._number, [event for _, event in newer]

    @contextlib.contextmanager
    def read_by(self, viewer: Viewer, *, follows: bool) -> Iterator[None]:
        """Wakes `viewer` at every notice; counts it if it follows."""
        self._readers[viewer] = follows
        try:
            yield
        finally:
            self._readers.pop(viewer, None)

    def _put(self, about: str, event: bytes) -> None:
        self._number += 1
        self._over.discard(about)
        self._events[about] = (self._number, event)
        for reader in self._readers:
            reader.wake()


LEADERS_OWN = "tally"  # what only who leads is told
