"""A class: where the teacher looks, what they ask it, what it draws. In memory alone."""

import asyncio
from collections.abc import Callable

from .answers.teaching import Lead, Place
from .collection import Collection
from .notices import LEADERS_OWN, Notices
from .poll import Poll
from .problems import Problem

SILENT_SECONDS = 40.0  # a leading page says something every ten
KEPT_SECONDS = 600.0  # for a teacher whose browser has to be started again
_NEWS_SECONDS = 1.0  # between two words on how many have answered


class Classroom:
    """One teacher at most, and whoever follows. Belongs to the event loop's thread."""

    def __init__(self) -> None:
        self.notices = Notices()
        self.notices.post_nobody()
        self.poll: Poll | None = None
        self.collection: Collection | None = None
        self._place: Place | None = None
        self._leader: str | None = None
        self._told_at = 0.0
        self._due: dict[str, asyncio.TimerHandle] = {}

    @property
    def followers(self) -> int:
        """How many follow."""
        return self.notices.followers()

    @property
    def place(self) -> Place | None:
        """Where the teacher looks; None when nobody leads, or was silent for too long."""
        self.forget_the_silent()
        return self._place

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
        """Ends the lead of `leader`, and what was asked and drawn; that of another goes on."""
        if self._leader == leader:
            self._end()

    def is_led_by(self, leader: str | None) -> bool:
        """Tells whether `leader` leads, or led last and may come back."""
        self.forget_the_silent()
        return leader is not None and self._leader == leader

    def check_leader(self, leader: str) -> None:
        """Raises the 409 that says that another leads, or nobody."""
        if not self.is_led_by(leader):
            message = "Only the window that leads the class may do this; lead it first."
            raise Problem(409, "led_elsewhere", message, field="leader")

    def ask(self, poll: Poll | None) -> None:
        """Puts a question to the class in place of the one before; None ends it."""
        self.poll = poll
        self.tell_poll()
        if poll is None:
            self.notices.take_down(LEADERS_OWN)

    def collect(self, collection: Collection | None) -> None:
        """Collects drawings in place of those before; None ends that."""
        self.collection = collection
        self.tell_collection()

    def votes_changed(self) -> None:
        """Says soon how many have answered: once a second, however many do."""
        self._soon("poll", self.tell_poll)

    def drawings_changed(self) -> None:
        """Says soon how many drawings there are."""
        self._soon("drawings", self.tell_collection)

    def forget_the_silent(self) -> None:
        """Ends what a teacher has left who says nothing any more."""
        silent = asyncio.get_running_loop().time() - self._told_at
        if self._place is not None and silent > SILENT_SECONDS:
            self._change(None)
        if self._leader is not None and silent > KEPT_SECONDS:
            self._end()

    def _end(self) -> None:
        self._leader = None
        self._change(None)
        if self.poll is not None:
            self.ask(None)
        if self.collection is not None:
            self.collect(None)

    def _change(self, place: Place | None) -> None:
        if place == self._place:
            return
        self._place = place
        if place is None:
            self.notices.post_nobody()
        else:
            self.notices.post("place", "place", place)

    def tell_poll(self) -> None:
        """Says at once what became of the question."""
        poll = self.poll
        self.notices.post("poll", "poll", None if poll is None else poll.told())
        if poll is not None:
            self.notices.post(LEADERS_OWN, "tally", poll.standing(self.followers))

    def tell_collection(self) -> None:
        """Says at once whether drawings are collected, and how many there are."""
        found = self.collection
        self.notices.post("drawings", "drawings", None if found is None else found.told())

    def _soon(self, about: str, tell: Callable[[], None]) -> None:
        if about in self._due:
            return

        def told() -> None:
            del self._due[about]
            tell()

        self._due[about] = asyncio.get_running_loop().call_later(_NEWS_SECONDS, told)
