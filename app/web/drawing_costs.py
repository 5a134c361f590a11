"""What a drawing has lately taken, network by network: a slow one says nothing of a fast one."""

from collections.abc import Hashable

FIRST_GUESS_SECONDS = 0.02  # for a drawing: few wait for the first one, which takes long
MOST_NETWORKS = 64  # of which it is remembered; a class looks at few
_NEWEST_SHARE = 0.2  # of the newest batch in what a drawing is said to take


class DrawingCosts:
    """Seconds that a drawing takes, of the networks that were asked last."""

    def __init__(self) -> None:
        self._seconds: dict[Hashable, float] = {}  # the one that was asked last is the last

    def __len__(self) -> int:
        """Counts the networks of which something is known."""
        return len(self._seconds)

    def of(self, network: Hashable) -> float:
        """Returns the seconds that a drawing is expected to take."""
        return self._seconds.get(network, FIRST_GUESS_SECONDS)

    def note(self, network: Hashable, seconds: float, answered: int) -> None:
        """Takes in what a batch took; one in which none was answered says nothing."""
        if answered == 0:
            return
        before = self.of(network)
        self._seconds.pop(network, None)
        self._seconds[network] = before + _NEWEST_SHARE * (seconds / answered - before)
        if len(self._seconds) > MOST_NETWORKS:
            del self._seconds[next(iter(self._seconds))]
