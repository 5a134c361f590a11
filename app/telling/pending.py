"""What there is to tell of a run: kept when it happens, worked out when it is told.

Judging a frame between two updates takes twice as long as right after another one, since the
updates push all that it needs out of the cache. So whoever can wait has several told at once; the
events are the same either way.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ..events import EncodedEvent, encode
from .alerts import AlertWatch, KnownTraining
from .learner import BatchOutcome, Learner
from .snapshots import SnapshotTaker, Weights, packed
from .unreported import UnreportedUpdates, told


class _Frame(NamedTuple):
    """The weights after `step` updates, the last batch's loss and the rate it all started from."""

    step: int
    weights: Weights
    loss: float | None
    start_rate: float


class PendingEvents:
    """Losses, snapshots and alerts of one run, in their order.

    Args:
        network: what is trained.
        known: how it is trained.
        cache_folder: where the null tables of the edge metric are kept.
    """

    def __init__(self, network: Learner, known: KnownTraining, cache_folder: Path) -> None:
        self._snapshots = SnapshotTaker(network, cache_folder)
        self._alerts = AlertWatch(network.conv_weights(), known)
        self._unreported = UnreportedUpdates()
        self._snapshot_step = -1
        self._loss: float | None = None
        self._pending: list[_Frame | Callable[[], list[EncodedEvent]]] = []

    def has_snapshot_of(self, step: int) -> bool:
        """Tells whether the last snapshot was taken after `step` updates."""
        return self._snapshot_step == step

    @property
    def is_finite(self) -> bool:
        """Whether every weight is a number."""
        return self._snapshots.is_finite

    def add_update(self, step: int, outcome: BatchOutcome, learning_rate: float) -> None:
        """Keeps what the update to `step` was made from and at which rate."""
        self._loss = outcome.loss
        self._unreported.add(step, outcome, learning_rate)

    def add_steps(self, step: int) -> None:
        """Keeps the updates since the last time, which are to be told."""
        self._pending.append(partial(told, self._unreported.take(), step))

    def add_snapshot(self, step: int, start_rate: float, *, closely: bool) -> None:
        """Keeps the weights after `step` updates, and what they give reason to warn of."""
        weights = self._snapshots.weights(closely=closely)
        self._pending.append(_Frame(step, weights, self._loss, start_rate))
        self._snapshot_step = step

    def add(self, event: EncodedEvent) -> None:
        """Keeps something that happened after all that was kept before."""
        self._pending.append(lambda: [event])

    def tell(self) -> list[EncodedEvent]:
        """Tells all that is pending."""
        pending, self._pending = self._pending, []
        frames = [one for one in pending if isinstance(one, _Frame)]
        seen = iter(self._snapshots.look([(frame.step, frame.weights) for frame in frames]))
        return [
            event
            for one in pending
            for event in (self._judged(one, next(seen)) if isinstance(one, _Frame) else one())
        ]

    def state(self) -> dict[str, Any]:
        """Gives all that, besides the weights and frame 0, decides what is told next, as JSON has
        it.

        Raises:
            RuntimeError: something is pending, and would be lost.
        """
        if self._pending:
            raise RuntimeError("a checkpoint would lose what is pending: tell it first")
        return {
            "snapshot_step": self._snapshot_step,
            "loss": self._loss,
            "snapshots": self._snapshots.state(),
            "alerts": self._alerts.state(),
            "unreported": self._unreported.state(),
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Goes on from a `state()`; KeyError, ValueError or TypeError if it is none."""
        self._snapshots.load_state(state["snapshots"])
        self._alerts.load_state(state["alerts"])
        self._unreported.load_state(state["unreported"])
        self._snapshot_step, self._loss = state["snapshot_step"], state["loss"]

    def _judged(self, frame: _Frame, seen: dict[str, Any]) -> list[EncodedEvent]:
        alerts = self._alerts.raised(seen, frame.weights, frame.loss, frame.start_rate)
        return [packed(seen, frame.weights), *(encode(alert, frame.step) for alert in alerts)]
