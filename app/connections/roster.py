"""Who is connected: how many of each address, and who of them hasn't asked anything yet."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from itertools import takewhile
from math import inf

from .capacity import Capacity

_AT_ONCE = 8


class Admission:
    """One connection's place among those that are kept.

    Attributes:
        address: what `addresses.address_of` makes of its peer.
        is_kept: whether it is counted still.
        waiting_since: when it began to keep us waiting for a whole request; None while one is
            being answered.
        give_up: ends the connection, with an answer where one is possible.
        cut: ends it at once.
        look: sees whether its peer takes what it is sent.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.is_kept = True
        self.waiting_since: float | None = None
        self.give_up: Callable[[], None] = lambda: None
        self.cut: Callable[[], None] = lambda: None
        self.look: Callable[[float], None] = lambda _now: None


class _Party:
    """The connections of one address: how many, and those that wait, the longest first."""

    def __init__(self) -> None:
        self.count = 0
        self.waiting: OrderedDict[Admission, None] = OrderedDict()


class Roster:
    """Knows all connections, and makes room for a new one where nobody's answer suffers.

    A connection that has asked nothing yet gives way to a newer one, the oldest first: whoever
    means to ask does so at once, and isn't kept out by others who don't.

    Args:
        capacity: how many there may be, and how many of one address.
    """

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._places: set[Admission] = set()
        self._parties: dict[str, _Party] = {}
        self._waiting: OrderedDict[Admission, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def admit(self, address: str) -> Admission | None:
        """Gives a place to a new connection; None if all are taken by ones that are answered."""
        most = self._capacity.most_of(address)
        party = self._parties.get(address)
        if party is not None and party.count >= most and not self._cut(party.waiting):
            return None
        if len(self._places) >= self._capacity.connections and not self.make_room():
            return None
        admission = Admission(address)
        self._parties.setdefault(address, _Party()).count += 1
        self._places.add(admission)
        return admission

    def make_room(self) -> bool:
        """Cuts the connection that has kept us waiting longest; False if none does."""
        return self._cut(self._waiting)

    def waits(self, admission: Admission, now: float) -> None:
        """Notes that `admission` is to send a whole request from now on."""
        if not admission.is_kept:
            return
        self.asks(admission)
        admission.waiting_since = now
        self._waiting[admission] = None
        self._parties[admission.address].waiting[admission] = None

    def asks(self, admission: Admission) -> None:
        """Notes that a whole request of `admission` has come."""
        if admission.waiting_since is not None:
            admission.waiting_since = None
            del self._waiting[admission]
            del self._parties[admission.address].waiting[admission]

    def leave(self, admission: Admission) -> None:
        """Takes a place back; for the second time that does nothing."""
        if not admission.is_kept:
            return
        self.asks(admission)
        admission.is_kept = False
        party = self._parties[admission.address]
        self._places.discard(admission)
        party.count -= 1
        if not party.count:
            del self._parties[admission.address]

    async def sweep(self, now: float, patience_seconds: float) -> None:
        """Gives up on whoever has kept us waiting for so long, and looks at all others.

        Few at a time, with everybody else's turn in between.
        """
        latest = now - patience_seconds
        overdue = list(takewhile(lambda admission: _since(admission) <= latest, self._waiting))
        for number, admission in enumerate(overdue, start=1):
            if _since(admission) <= latest:
                admission.give_up()
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
        for admission in list(self._places):
            admission.look(now)

    def _cut(self, waiting: OrderedDict[Admission, None]) -> bool:
        admission = next(iter(waiting), None)
        if admission is None:
            return False
        self.leave(admission)
        admission.cut()
        return True


def _since(admission: Admission) -> float:
    return inf if admission.waiting_since is None else admission.waiting_since
