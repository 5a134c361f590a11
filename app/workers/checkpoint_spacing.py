"""When things are told and checkpoints taken: often, as long as that costs next to nothing."""

PATIENCE_SECONDS = 1 / 15  # of training between two reports: kernels grow, they don't move

SHARE = 0.005  # of the training time, on average; the promise is twice as much
SHORTEST_SECONDS = 1.0
_BYTES_PER_SECOND = 200e6  # guessed low, for the first one


class CheckpointSpacing:
    """Spaces checkpoints by what the last one cost, in seconds of training.

    Args:
        size_bytes: about how large one is, from which the first one's cost is guessed.
    """

    def __init__(self, size_bytes: int) -> None:
        self._due = _spacing(size_bytes / _BYTES_PER_SECOND)

    def is_due(self, trained_seconds: float) -> bool:
        """Tells whether it is time for one after so much training in this process."""
        return trained_seconds >= self._due

    def taken(self, trained_seconds: float, cost_seconds: float) -> None:
        """Notes that one was taken, and what it cost."""
        self._due = trained_seconds + _spacing(cost_seconds)


def _spacing(cost_seconds: float) -> float:
    return max(SHORTEST_SECONDS, cost_seconds / SHARE)
