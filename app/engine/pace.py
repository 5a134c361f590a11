"""Which of two ways of working is faster here and now: one after the other, or side by side."""

from collections.abc import Callable
from statistics import median

Clock = Callable[[], float]

# Side by side or not, in turns, so that both ways meet the same neighbours. The first run side by
# side doesn't count: whoever was left out before has to wake up.
_TURN = (True, True, False)
_TURNS = 3
# A decision holds until the next trial, like the last one, would cost a twentieth of the time
# since; twice as long each time that it is confirmed, but not so long that a change goes unnoticed.
_TRIALS_REPAID = 20
_LONGEST_SECONDS = 10.0


class Pace:
    """Decides from measured times whether to work side by side: trial, decided, trial, ..."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._decision = True
        self._patience = 0.0  # seconds of work from a trial to the next
        self._until_trial = 0.0
        self._trial: list[float] = []

    def timed(self, work: Callable[[bool], None]) -> bool:
        """Do the work in the way whose turn it is, and learn from how long it took.

        work: is told whether to be done side by side, as is whoever called.
        """
        trying = self._until_trial <= 0
        side_by_side = _TURN[len(self._trial) % len(_TURN)] if trying else self._decision
        start = self._clock()
        work(side_by_side)
        seconds = self._clock() - start
        if trying:
            self._learn(seconds)
        else:
            self._until_trial -= seconds
        return side_by_side

    def _learn(self, seconds: float) -> None:
        self._trial.append(seconds)
        size = len(_TURN)
        if len(self._trial) < _TURNS * size:
            return
        # Medians: what disturbs a single run says nothing of the next trial.
        waking, together, alone = (median(self._trial[n::size]) for n in range(size))
        decision = together <= alone
        lost = _TURNS * (waking + together + alone - size * min(together, alone))
        longer = 2 * self._patience if decision == self._decision else 0.0
        self._patience = min(max(_TRIALS_REPAID * lost, longer), _LONGEST_SECONDS)
        self._until_trial = self._patience
        self._decision = decision
        self._trial = []
