"""Finds out which way of working is faster here and now: one after the other, or in parallel."""

from collections.abc import Callable
from statistics import median

Clock = Callable[[], float]

# In parallel or not, in turns, so that both ways meet the same neighbours. The first run in
# parallel doesn't count: whoever was left out before has to wake up.
_TURN = (True, True, False)
_TURNS = 3
# A decision holds until the next measurement, like the last one, would cost a twentieth of the
# time since; twice as long each time that it is confirmed, but not so long that a change goes
# unnoticed.
_TRIALS_REPAID = 20
_LONGEST_SECONDS = 10.0


class Trial:
    """Tries both ways in turns, decides by measured times, and tries again later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._decision = True
        self._holds_seconds = 0.0  # of work, from a decision to the next measurement
        self._seconds_left = 0.0
        self._measured: list[float] = []

    def run(self, work: Callable[[bool], None]) -> bool:
        """Do the work in the way whose turn it is, and learn from how long it took.

        work: is told whether to be done in parallel, as is whoever called.
        """
        trying = self._seconds_left <= 0
        in_parallel = _TURN[len(self._measured) % len(_TURN)] if trying else self._decision
        start = self._clock()
        work(in_parallel)
        seconds = self._clock() - start
        if trying:
            self._add(seconds)
        else:
            self._seconds_left -= seconds
        return in_parallel

    def _add(self, seconds: float) -> None:
        self._measured.append(seconds)
        size = len(_TURN)
        if len(self._measured) < _TURNS * size:
            return
        # Medians: what disturbs a single run says nothing of the next ones.
        waking, together, alone = (median(self._measured[n::size]) for n in range(size))
        decision = together <= alone
        lost = _TURNS * (waking + together + alone - size * min(together, alone))
        longer = 2 * self._holds_seconds if decision == self._decision else 0.0
        self._holds_seconds = min(max(_TRIALS_REPAID * lost, longer), _LONGEST_SECONDS)
        self._seconds_left = self._holds_seconds
        self._decision = decision
        self._measured = []
