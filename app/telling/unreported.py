"""Losses that nobody has been told of yet."""

from typing import Any

import numpy as np

from ..events import EncodedEvent, encode_fields
from .learner import BatchOutcome

Row = tuple[int, BatchOutcome, float]


class UnreportedUpdates:
    """Losses and, where there are answers, accuracies since the last `steps` event."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def add(self, step: int, outcome: BatchOutcome, learning_rate: float) -> None:
        """Notes what the update to `step` was made from and at which rate."""
        self._rows.append((step, outcome, learning_rate))

    def take(self) -> list[Row]:
        """Takes all of it, which then counts as told."""
        rows, self._rows = self._rows, []
        return rows

    def state(self) -> list[Any]:
        """Returns the rows, as JSON has them."""
        return [[step, *outcome, rate] for step, outcome, rate in self._rows]

    def load_state(self, state: list[Any]) -> None:
        """Goes on from a `state()`."""
        self._rows = [(step, BatchOutcome(*outcome), rate) for step, *outcome, rate in state]


def told(rows: list[Row], step: int) -> list[EncodedEvent]:
    """Makes the `steps` that tells them after `step` updates; none if there is nothing to tell."""
    if not rows:
        return []
    steps, outcomes, rates = zip(*rows, strict=True)
    losses, right = zip(*outcomes, strict=True)
    measures = [losses] if None in right else [losses, right]
    # As one array: a fifth of what `round` takes for each, half of what two arrays take.
    rounded = dict(zip(("loss", "accuracy"), np.array(measures).round(6).tolist(), strict=False))
    fields = {"kind": "steps", "step": steps, **rounded, "learning_rate": rates}
    return [encode_fields(fields, step)]
