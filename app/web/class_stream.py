"""The stream of a class: where the teacher looks, what is asked, what is drawn."""

import asyncio
from collections.abc import AsyncGenerator

from .channel import Viewer
from .classroom import Classroom
from .hub import Hub
from .live import OPENING, LiveAnswer, encode_alive

_PAUSE_SECONDS = 0.1


class ClassStream(LiveAnswer):
    """What holds in the class, at most ten times a second: who is slow gets the newest alone.

    Args:
        leads: tells how the votes stand too, and isn't counted among those who follow.
    """

    def __init__(self, hub: Hub, classroom: Classroom, *, leads: bool = False) -> None:
        super().__init__()
        self._hub = hub
        self._classroom = classroom
        self._leads = leads

    async def _parts(self, viewer: Viewer) -> AsyncGenerator[bytes, None]:
        told, notices = 0, self._classroom.notices
        with self._hub.attending(viewer), notices.read_by(viewer, follows=not self._leads):
            yield OPENING
            while not self._hub.is_closed:
                self._classroom.forget_the_silent()
                told, events = notices.after(told, leads=self._leads)
                if events:
                    yield b"".join(events)
                    await asyncio.sleep(_PAUSE_SECONDS)
                elif viewer.heartbeat_due:
                    viewer.heartbeat_due = False
                    yield encode_alive()
                else:
                    await viewer.wait()
