"""Who watches a run and says each thing that goes wrong once, at the snapshot that shows it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...analysis import columns_of
from ...events import Alert, AlertCode
from ...vocabulary.layers.naming import conv_kernels, layer_of
from .filters import SETTLED_STEP, all_zero, dead, duplicate, still
from .rates import exploding, too_slow
from .sight import Condition, Kernels, Sight, norm_of

Weights = Mapping[str, NDArray[np.float32]]

_AT_ONCE: tuple[Condition, ...] = (exploding, all_zero, too_slow)
_ONCE_SETTLED: tuple[Condition, ...] = (dead, duplicate, still)


class AlertWatch:
    """Watches one run; what it says follows from the weights at snapshots, in their order.

    What concerns single filters is told again only once it concerns twice as many, or all, so at
    most twelve times even in the largest layer.

    Args:
        weights: of frame 0 by name ("conv1/kernel", HWIO, …); others than conv kernels are ignored.
        optimizer: the type of the recipe's optimiser, which decides on the rate to advise.
    """

    def __init__(self, weights: Weights, optimizer: str) -> None:
        self._names = {layer_of(name): name for name in conv_kernels(weights)}
        self._first = self._kernels(weights)
        self._first_norm = {layer: norm_of(kernels) for layer, kernels in self._first.items()}
        self._beginning = columns_of(next(iter(self._first.values())))
        self._optimizer = optimizer
        self._first_loss: float | None = None
        self._told: dict[tuple[AlertCode, str | None], int] = {}

    def raised(
        self, told: Mapping[str, Any], weights: Weights, loss: float | None, learning_rate: float
    ) -> list[Alert]:
        """Returns the alerts at this snapshot that weren't told before.

        Args:
            told: the fields of the `snapshot`: the verdicts on the first conv layer's filters.
            weights: what belongs to it, by name.
            loss: of the last batch; None before the first.
            learning_rate: from which the schedule starts.
        """
        if loss is None:
            return []
        self._first_loss = loss if self._first_loss is None else self._first_loss
        now = self._kernels(weights)
        sight = Sight(
            told=told,
            first=self._first,
            first_norm=self._first_norm,
            beginning=self._beginning,
            now=now,
            norm={layer: norm_of(kernels) for layer, kernels in now.items()},
            first_loss=self._first_loss,
            loss=loss,
            optimizer=self._optimizer,
            learning_rate=learning_rate,
        )
        due = _AT_ONCE + (_ONCE_SETTLED if told["step"] >= SETTLED_STEP else ())
        return [alert for condition in due for alert in condition(sight) if self._is_news(alert)]

    def state(self) -> dict[str, Any]:
        """Returns all that, besides frame 0, decides what it tells next, as JSON has it."""
        told = [[*key, size] for key, size in self._told.items()]
        return {"first_loss": self._first_loss, "told": told}

    def load_state(self, state: dict[str, Any]) -> None:
        """Goes on from a `state()`."""
        self._first_loss = state["first_loss"]
        self._told = {(code, layer): size for code, layer, size in state["told"]}

    def _is_news(self, alert: Alert) -> bool:
        """Tells whether the alert is to be told; if so, it counts as told."""
        if alert.code == "still_at_initialisation" and self._was_too_slow:
            return False  # the rate is why, and that was said
        key = (alert.code, alert.layer)
        size, told = len(alert.filters or [0]), self._told.get(key, 0)
        is_all = told < size == self._beginning.shape[3]
        if told and not is_all and (alert.filters is None or size < 2 * told):
            return False
        self._told[key] = size
        return True

    @property
    def _was_too_slow(self) -> bool:
        return ("learning_rate_too_small", None) in self._told

    def _kernels(self, weights: Weights) -> Kernels:
        return {layer: weights[name] for layer, name in self._names.items()}
