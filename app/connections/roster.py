"""Who is connected: how many of each address, and who of them hasn't asked anything yet."""

import asyncio
import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from itertools import takewhile
from math import inf

from .capacity import Capacity

_AT_ONCE = 16


class Place:
    """One connection's place among those that are kept.

    Attributes:
        address: what `address_of` makes of its peer.
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
        self.waiting: OrderedDict[Place, None] = OrderedDict()


class Roster:
    """Knows all connections, and makes room for a new one where nobody's answer suffers.

    A connection that has asked nothing yet gives way to a newer one, the oldest first: whoever
    means to ask does so at once, and isn't kept out by others who don't.

    Args:
        capacity: how many there may be, and how many of one address.
    """

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._places: set[Place] = set()
        self._parties: dict[str, _Party] = {}
        self._waiting: OrderedDict[Place, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def admit(self, address: str) -> Place | None:
        """Gives a place to a new connection; None if all are taken by ones that are answered."""
        most = self._capacity.most_of(address)
        party = self._parties.get(address)
        if party is not None and party.count >= most and not self._cut(party.waiting):
            return None
        if len(self._places) >= self._capacity.connections and not self.make_room():
            return None
        place = Place(address)
        self._parties.setdefault(address, _Party()).count += 1
        self._places.add(place)
        return place

    def make_room(self) -> bool:
        """Cuts the connection that has kept us waiting longest; False if none does."""
        return self._cut(self._waiting)

    def waits(self, place: Place, now: float) -> None:
        """Notes that `place` is to send a whole request from now on."""
        if not place.is_kept:
            return
        self.asks(place)
        place.waiting_since = now
        self._waiting[place] = None
        self._parties[place.address].waiting[place] = None

    def asks(self, place: Place) -> None:
        """Notes that a whole request of `place` has come."""
        if place.waiting_since is not None:
            place.waiting_since = None
            del self._waiting[place]
            del self._parties[place.address].waiting[place]

    def leave(self, place: Place) -> None:
        """Takes a place back; for the second time that does nothing."""
        if not place.is_kept:
            return
        self.asks(place)
        place.is_kept = False
        party = self._parties[place.address]
        self._places.discard(place)
        party.count -= 1
        if not party.count:
            del self._parties[place.address]

    async def sweep(self, now: float, patience_seconds: float) -> None:
        """Gives up on whoever has kept us waiting for so long, and looks at all others.

        Few at a time, with everybody else's turn in between.
        """
        latest = now - patience_seconds
        overdue = list(takewhile(lambda place: _since(place) <= latest, self._waiting))
        for number, place in enumerate(overdue, start=1):
            if _since(place) <= latest:
                place.give_up()
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
        for place in list(self._places):
            place.look(now)

    def _cut(self, waiting: OrderedDict[Place, None]) -> bool:
        place = next(iter(waiting), None)
        if place is None:
            return False
        self.leave(place)
        place.cut()
        return True


def _since(place: Place) -> float:
    return inf if place.waiting_since is None else place.waiting_since


def address_of(peer: str) -> str:
    """Returns what connections are counted by: an IPv4 address, or an IPv6 network.

    One machine can have any address of its /64 network.
    """
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)
