"""On which core each of those runs who share a batch, and a step off one that two are on."""

import ctypes
import math
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache

import numpy as np

from .shared import shared_zeros
from .trial import Clock

# To look whether a core is idle takes some 5 µs, to step off one 20, or 4 where one is elsewhere by
# then: a thousandth at most.
_LOOKS_EVERY_SECONDS = 0.01
_MOVES_EVERY_SECONDS = 0.05
_UNKNOWN = -1


class OwnCores:
    """Notes of all who share a batch, which the others see: each one's core, and how often it met.

    The caller is number 0. Whoever is found on the core of a lower number moves if another core is
    idle, so never two away from each other.

    Args:
        size: how many there are, the caller included.
        clock: seconds; without one nobody moves.
    """

    def __init__(self, size: int, clock: Clock | None) -> None:
        # Views of memory: reading one number of an array takes several times as long.
        self._cores = shared_zeros((size,), np.int32).data
        self._meetings = shared_zeros((size,), np.int64).data
        for number in range(size):
            self._cores[number] = _UNKNOWN
        self._clock = clock
        self._rests_until = -math.inf  # of the process that asks, as all that isn't shared

    @property
    def meetings(self) -> int:
        """How often somebody was found on another's core so far."""
        return sum(self._meetings)

    def note(self, number: int) -> None:
        """Note the core that this process, the one of that number, is on."""
        self._cores[number] = _current_core()

    def forget(self, size: int) -> None:
        """Forget where all but the first so many were: they rest, and nobody need avoid them."""
        for number in range(size, len(self._cores)):
            self._cores[number] = _UNKNOWN

    def keep_apart(self, number: int) -> None:
        """Note it, and move to an idle core if a lower number was on this one too."""
        self.note(number)
        if not self._meets(number):
            return
        self._meetings[number] += 1
        if self._clock is None or self._clock() < self._rests_until:
            return
        pause = _LOOKS_EVERY_SECONDS
        if _is_a_core_idle():
            _step_off(self._cores[:number].tolist())
            self.note(number)
            pause = _MOVES_EVERY_SECONDS
        self._rests_until = self._clock() + pause

    def meet(self, size: int) -> bool:
        """Tell whether two of the first so many were last seen on one core."""
        return any(map(self._meets, range(1, min(size, len(self._cores)))))

    def _meets(self, number: int) -> bool:
        core = self._cores[number]
        return core != _UNKNOWN and core in self._cores[:number].tolist()


def _is_a_core_idle() -> bool:
    """Tell whether no more want to run on this machine than it has cores.

    Two of those who do are here. On a machine with more to do steps took longer where they moved.
    """
    with suppress(OSError, ValueError, IndexError):
        told = os.open("/proc/loadavg", os.O_RDONLY)
        try:
            running = os.read(told, 100).split()[3].partition(b"/")[0]
        finally:
            os.close(told)
        return int(running) <= (os.cpu_count() or 1)
    return False


def _step_off(cores: Iterable[int]) -> None:
    """Move this process off these cores, and let it go wherever it could before.

    It may still be moved back: this says nothing of where it belongs, only that now is the time to
    look for another place. Without one, or where it isn't allowed, it stays.
    """
    with suppress(OSError):
        allowed = os.sched_getaffinity(0)
        if others := allowed.difference(cores):
            os.sched_setaffinity(0, others)
            _allow_again(allowed)


def _allow_again(cores: Iterable[int]) -> None:
    """Let this process go to these cores, or to all that it may have where it lost these."""
    try:
        os.sched_setaffinity(0, cores)
    except OSError:  # its cpuset has others now; what is asked for beyond a cpuset is left out
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


def _current_core() -> int:
    ask = _core_teller()
    return ask() if ask else _UNKNOWN


@cache
def _core_teller() -> Callable[[], int] | None:
    """Find the C library's function; it takes less than a microsecond."""
    try:
        teller: Callable[[], int] = ctypes.PyDLL(None).sched_getcpu
    except (AttributeError, OSError, TypeError):
        return None
    return teller
