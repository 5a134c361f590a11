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
# So much work of a measurement is set aside where something else was measured, and done again;
# what goes on for longer is how things are here.
_SET_ASIDE_SECONDS = 0.1


class Trial:
    """Tries both ways in turns, decides by measured times, and tries again later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._decision = True
        self._holds_seconds = 0.0  # of work, from a decision to the next measurement
        self._seconds_left = 0.0
        self._measured: list[float] = []
        self._set_aside: list[float] = []

    def run(self, work: Callable[[bool], bool]) -> bool:
        """Do the work in the way whose turn it is, and learn from how long it took.

        work: is told whether to be done in parallel, as is whoever called; it tells whether how
            long it took says something of the next time.
        """
        trying = self._seconds_left <= 0
        in_parallel = _TURN[len(self._measured) % len(_TURN)] if trying else self._decision
        start = self._clock()
        is_telling = work(in_parallel)
        seconds = self._clock() - start
        if not trying:
            self._seconds_left -= seconds
        elif is_telling or sum(self._set_aside) >= _SET_ASIDE_SECONDS:
            self._add(seconds)
        else:
            self._set_aside.append(seconds)
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
        lost += sum(seconds - min(together, alone) for seconds in self._set_aside)
        longer = 2 * self._holds_seconds if decision == self._decision else 0.0
        self._holds_seconds = min(max(_TRIALS_REPAID * lost, longer), _LONGEST_SECONDS)
        self._seconds_left = self._holds_seconds
        self._decision = decision
        self._measured = []
        self._set_aside = []
