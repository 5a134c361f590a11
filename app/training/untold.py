"""Losses that nobody has been told of yet."""

from typing import Any

from app.events import EncodedEvent, encode_fields
from app.training.objectives import Outcome


class Untold:
    """Losses and, where there are answers, accuracies since the last `steps` event."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, Outcome, float]] = []

    def add(self, step: int, outcome: Outcome, learning_rate: float) -> None:
        """Notes what the update to `step` was made from and at which rate."""
        self._rows.append((step, outcome, learning_rate))

    def take(self, step: int) -> list[EncodedEvent]:
        """`steps`, told after `step` updates; then all counts as told. None if there is nothing."""
        if not self._rows:
            return []
        steps, outcomes, rates = zip(*self._rows, strict=True)
        self._rows.clear()
        fields = {"kind": "steps", "step": steps, "loss": [round(one.loss, 6) for one in outcomes]}
        right = [round(one.accuracy, 6) for one in outcomes if one.accuracy is not None]
        if right:
            fields["accuracy"] = right
        return [encode_fields({**fields, "learning_rate": rates}, step)]

    def state(self) -> list[Any]:
        """The rows, as JSON has them."""
        return [[step, *outcome, rate] for step, outcome, rate in self._rows]

    def load_state(self, state: list[Any]) -> None:
        """Go on from a `state()`."""
        self._rows = [(step, Outcome(*outcome), rate) for step, *outcome, rate in state]
