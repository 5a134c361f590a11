"""Where the teacher looks, for those who follow: in memory alone, and only the newest."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterator

from .answers.teaching import Lead, Place
from .channel import Viewer
from .hub import Hub
from .live import OPENING, LiveAnswer, encode_alive

SILENT_SECONDS = 40.0  # a leading page says something every ten
_PAUSE_SECONDS = 0.1


class Classroom:
    """One teacher at most, and whoever follows. Belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._place: Place | None = None
        self._leader: str | None = None
        self._told_at = 0.0
        self._number = 0
        self._followers: set[Viewer] = set()

    @property
    def followers(self) -> int:
        """How many follow."""
        return len(self._followers)

    @property
    def place(self) -> Place | None:
        """Where the teacher looks; None when nobody leads, or was silent for too long."""
        self._forget_the_silent()
        return self._place

    @property
    def number(self) -> int:
        """Grows with every change of `place`."""
        self._forget_the_silent()
        return self._number

    def lead(self, lead: Lead) -> bool:
        """Takes a place over; False if another page leads and this one doesn't begin."""
        is_other = self.place is not None and self._leader != lead.leader
        if is_other and not lead.begins:
            return False
        self._leader = lead.leader
        self._told_at = asyncio.get_running_loop().time()
        self._change(Place(**lead.model_dump(exclude={"leader", "begins"})))
        return True

    def leave(self, leader: str) -> None:
        """Ends the lead of `leader`; that of another goes on."""
        if self._leader == leader:
            self._leader = None
            self._change(None)

    @contextlib.contextmanager
    def following(self, viewer: Viewer) -> Iterator[None]:
        """Wakes `viewer` at every change."""
        self._followers.add(viewer)
        try:
            yield
        finally:
            self._followers.discard(viewer)

    def _forget_the_silent(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._place is not None and now - self._told_at > SILENT_SECONDS:
            self._leader = None
            self._change(None)

    def _change(self, place: Place | None) -> None:
        if place == self._place:
            return
        self._place = place
        self._number += 1
        for follower in self._followers:
            follower.wake()


class PlaceStream(LiveAnswer):
    """Where the teacher looks, at most ten times a second: who is slow gets the newest alone."""

    def __init__(self, hub: Hub, classroom: Classroom) -> None:
        super().__init__()
        self._hub = hub
        self._classroom = classroom

    async def _parts(self, viewer: Viewer) -> AsyncGenerator[bytes, None]:
        told = -1
        with self._hub.attending(viewer), self._classroom.following(viewer):
            yield OPENING
            while not self._hub.is_closed:
                if told != self._classroom.number:
                    told = self._classroom.number
                    yield _event(self._classroom.place)
                    await asyncio.sleep(_PAUSE_SECONDS)
                elif viewer.heartbeat_due:
                    viewer.heartbeat_due = False
                    yield encode_alive()
                else:
                    await viewer.wait()


def _event(place: Place | None) -> bytes:
    if place is None:
        return b"event: nobody\ndata: {}\n\n"
    return f"event: place\ndata: {place.model_dump_json()}\n\n".encode()
