"""The stream of a class: where the teacher looks, what is asked, what is drawn."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

from .blackboard import Blackboard
from .channel import Viewer
from .classroom import Classroom
from .hub import Hub
from .live import OPENING, LiveAnswer, encode_alive

_PAUSE_SECONDS = 0.1


class ClassStream(LiveAnswer):
    """What holds in the class, at most ten times a second: who is slow gets the newest alone.

    Args:
        leads: tells how the votes stand too, and isn't counted among those who follow.
        blackboard: what is seen where the teacher looks, for pages that read no run by themselves.
        waits: for what changes; else the answer ends after what holds.
    """

    def __init__(
        self,
        hub: Hub,
        classroom: Classroom,
        *,
        leads: bool = False,
        blackboard: Blackboard | None = None,
        waits: bool = True,
    ) -> None:
        super().__init__()
        self._hub = hub
        self._classroom = classroom
        self._leads = leads
        self._blackboard = blackboard
        self._waits = waits

    async def _parts(self, viewer: Viewer) -> AsyncGenerator[bytes, None]:
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._hub.attending(viewer))
            follows = not self._leads
            stack.enter_context(self._classroom.notices.read_by(viewer, follows=follows))
            if self._blackboard is not None:
                await self._blackboard.read()
                if self._waits:
                    stack.enter_context(self._blackboard.read_by(viewer))
            yield OPENING
            # Who comes again may have missed that something ended.
            told = -1 if self._blackboard is not None or not self._waits else 0
            seen: dict[str, str] = {}
            while not self._hub.is_closed:
                self._classroom.forget_the_silent()
                told, events = self._classroom.notices.after(told, leads=self._leads)
                events += self._news_of_the_blackboard(seen)
                if events:
                    yield b"".join(events)
                if not self._waits:
                    return
                if events:
                    await asyncio.sleep(_PAUSE_SECONDS)
                elif viewer.heartbeat_due:
                    viewer.heartbeat_due = False
                    yield encode_alive()
                else:
                    await viewer.wait()

    def _news_of_the_blackboard(self, seen: dict[str, str]) -> list[bytes]:
        """Returns what stands there and wasn't seen yet, and notes that it is."""
        there = {} if self._blackboard is None else self._blackboard.told
        news = [kind for kind, text in there.items() if seen.get(kind) != text]
        seen |= there
        return [f"event: {kind}\ndata: {there[kind]}\n\n".encode() for kind in news]
