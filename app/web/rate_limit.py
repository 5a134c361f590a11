"""How often one may ask: a 429 that says when to go on."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from .problems import Problem

_MOST_KEYS = 4096


class RateLimit:
    """So many times within so many seconds, for each key by itself.

    Where more keys ask than are kept, the one that asked longest ago is forgotten.

    Args:
        times: that one may ask within `seconds`.
        clock: seconds that only go up.
    """

    def __init__(
        self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._times, self._seconds = times, seconds
        self._clock = clock
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, key: str) -> None:
        """Counts one question of `key`.

        Raises:
            Problem: 429 it has asked too often; this one isn't counted.
        """
        now = self._clock()
        asked = self._asked.setdefault(key, deque(maxlen=self._times))
        self._asked.move_to_end(key)
        if len(self._asked) > _MOST_KEYS:
            self._asked.popitem(last=False)
        if len(asked) == self._times and now - asked[0] < self._seconds:
            raise too_fast(asked[0] + self._seconds - now, self._times)
        asked.append(now)


def too_fast(wait_seconds: float, limit: int, message: str | None = None) -> Problem:
    """Returns the answer to who asks too often, or comes when there is no place any more."""
    wait = max(1, math.ceil(wait_seconds))
    told = message or f"That was too often; wait {wait} s and send it again."
    return Problem(429, "too_fast", told, limit=limit, headers={"Retry-After": str(wait)})
