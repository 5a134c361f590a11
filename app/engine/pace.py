"""Which of two ways of working is faster here and now: one after the other, or side by side."""

from collections.abc import Callable
from statistics import median

Clock = Callable[[], float]

# How many runs are timed each way before a decision.
_TRIAL_RUNS = 3
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
        self._trial: dict[bool, list[float]] = {True: [], False: []}

    def timed(self, work: Callable[[bool], None]) -> bool:
        """Do the work in the way whose turn it is, and learn from how long it took.

        work: is told whether to be done side by side, as is whoever called.
        """
        trying = self._until_trial <= 0
        # Turn by turn, so that both ways meet the same neighbours.
        turn = len(self._trial[True]) == len(self._trial[False])
        side_by_side = turn if trying else self._decision
        start = self._clock()
        work(side_by_side)
        seconds = self._clock() - start
        if trying:
            self._learn(side_by_side, seconds)
        else:
            self._until_trial -= seconds
        return side_by_side

    def _learn(self, side_by_side: bool, seconds: float) -> None:
        self._trial[side_by_side].append(seconds)
        if len(self._trial[False]) < _TRIAL_RUNS:
            return
        decision = median(self._trial[True]) <= median(self._trial[False])
        lost = sum(self._trial[not decision]) - sum(self._trial[decision])
        longer = 2 * self._patience if decision == self._decision else 0.0
        self._patience = min(max(_TRIALS_REPAID * lost, longer), _LONGEST_SECONDS)
        self._until_trial = self._patience
        self._decision = decision
        self._trial = {True: [], False: []}
