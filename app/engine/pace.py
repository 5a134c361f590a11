"""Which of two ways of working is faster here and now: one after the other, or side by side."""

from collections.abc import Callable
from statistics import median

Clock = Callable[[], float]

# Side by side or not, in turns, so that both ways meet the same neighbours. Of two runs in the same
# way the second counts: in the first, whoever was left out before has to wake up.
_TRIAL = 3 * (True, True, False, False)
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
        side_by_side = _TRIAL[len(self._trial)] if trying else self._decision
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
        if len(self._trial) < len(_TRIAL):
            return
        usual = {way: median(self._runs(way)[1::2]) for way in (True, False)}
        decision = usual[True] <= usual[False]
        lost = sum(self._trial) - len(self._trial) * usual[decision]
        longer = 2 * self._patience if decision == self._decision else 0.0
        self._patience = min(max(_TRIALS_REPAID * lost, longer), _LONGEST_SECONDS)
        self._until_trial = self._patience
        self._decision = decision
        self._trial = []

    def _runs(self, side_by_side: bool) -> list[float]:
        """What the runs in one way of the trial took."""
        return [run for way, run in zip(_TRIAL, self._trial, strict=True) if way == side_by_side]
