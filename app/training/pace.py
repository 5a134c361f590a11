"""When checkpoints are taken: often, as long as they cost next to nothing."""

SHARE = 0.005  # of the training time, on average; the promise is twice as much
SHORTEST_SECONDS = 1.0


class CheckpointPace:
    """Spaces checkpoints by what the last one cost, in seconds of training."""

    def __init__(self) -> None:
        self._due = SHORTEST_SECONDS

    def is_due(self, trained_seconds: float) -> bool:
        """Whether it is time for one after so much training in this process."""
        return trained_seconds >= self._due

    def taken(self, trained_seconds: float, cost_seconds: float) -> None:
        """Notes that one was taken, and what it cost."""
        self._due = trained_seconds + max(SHORTEST_SECONDS, cost_seconds / SHARE)
