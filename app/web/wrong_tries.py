"""How many wrong tokens came from where, so that guessing takes too long."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

_TOLERATED = 10
_LOOKED_AT = 60
_SECONDS = 60.0
_MOST_PLACES = 1024  # with 60 numbers each under 10 MB, whatever comes


class WrongTries:
    """Counts the different wrong tokens of each address within a minute.

    The same one again is no guess: it is a page that was left open, or two hundred of a class.
    Where more addresses try than are kept, the one that began first is forgotten.

    Args:
        clock: seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._places: OrderedDict[str, tuple[float, set[int]]] = OrderedDict()

    def note(self, address: str, given: str) -> None:
        """Remembers a wrong token, as a number from which it can't be had again."""
        place = place_of(address)
        self._drop_if_over(place)
        if place not in self._places:
            if len(self._places) >= _MOST_PLACES:
                self._places.popitem(last=False)
            self._places[place] = (self._clock(), set())
        tried = self._places[place][1]
        if len(tried) < _LOOKED_AT:
            tried.add(hash(given))

    def wait_seconds(self, address: str) -> int:
        """Says how long an address should wait before it tries again; 0 if it need not."""
        return self._left(address, _TOLERATED + 1)

    def is_shut(self, address: str) -> bool:
        """Tells whether tokens that could be guessed aren't even looked at for now."""
        return self._left(address, _LOOKED_AT) > 0

    def _left(self, address: str, tries: int) -> int:
        place = place_of(address)
        self._drop_if_over(place)
        began, tried = self._places.get(place, (0.0, set()))
        return math.ceil(began + _SECONDS - self._clock()) if len(tried) >= tries else 0

    def _drop_if_over(self, place: str) -> None:
        if place in self._places and self._clock() - self._places[place][0] >= _SECONDS:
            del self._places[place]


def place_of(address: str) -> str:
    """Returns an address as one place: of IPv6 the network, in which each house has billions.

    >>> place_of("2001:db8::7"), place_of("::ffff:192.0.2.7"), place_of("a socket's path")
    ('2001:db8::', '192.0.2.7', "a socket's path")
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address) or found.is_loopback:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Address(int(found) >> 64 << 64))
