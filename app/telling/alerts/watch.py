"""Who watches a run and says each thing that goes wrong once, at the snapshot that shows it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...analysis import columns_of
from ...events import Alert, AlertCode
from ...vocabulary.layers.naming import conv_kernels, kernel_name, layer_of
from .filters import SETTLED_STEP, all_zero, dead, duplicate, not_finite, still
from .rates import exploding, too_slow
from .sight import Condition, Sight, norm_of

Weights = Mapping[str, NDArray[np.float32]]

_AT_ONCE: tuple[Condition, ...] = (not_finite, exploding, all_zero, too_slow)
_ONCE_SETTLED: tuple[Condition, ...] = (dead, duplicate, still)


class KnownTraining(NamedTuple):
    """What is known of how a run is trained.

    Attributes:
        optimizer: the type of the recipe's optimiser, which decides on the rate to advise; None
            where nobody knows it.
        begins: whether frame 0 is the network before any update.
        first_step: how many updates frame 0 had.
        titles: what layers are called, where that isn't their name.
        held: filters of the streamed layer that are held at 0, which is no reason to warn.
    """

    optimizer: str | None
    begins: bool = True
    first_step: int = 0
    titles: Mapping[str, str] = MappingProxyType({})
    held: frozenset[int] = frozenset()


class AlertWatch:
    """Watches one run; what it says follows from the weights at snapshots, in their order.

    What concerns single filters is told again only once it concerns twice as many, or all, so at
    most twelve times even in the largest layer.

    Args:
        weights: of frame 0 by name ("conv1/kernel", HWIO, …), the streamed layer's first; others
            than conv kernels are ignored.
        known: how it is trained; a word alone is the type of the recipe's optimiser.
        first_norm: the norms of all layers at frame 0, where `weights` doesn't hold them all.
    """

    def __init__(
        self,
        weights: Weights,
        known: KnownTraining | str,
        first_norm: Mapping[str, float] | None = None,
    ) -> None:
        self._known = KnownTraining(known) if isinstance(known, str) else known
        names = list(weights) if first_norm is not None else conv_kernels(weights)
        self._first = {layer_of(name): weights[name] for name in names}
        self._first_norm = (
            {layer: norm_of(kernels) for layer, kernels in self._first.items()}
            if first_norm is None
            else first_norm
        )
        self._beginning = columns_of(next(iter(self._first.values())))
        self._first_loss: float | None = None
        self._told: dict[tuple[AlertCode, str | None], int] = {}

    def raised(
        self,
        told: Mapping[str, Any],
        weights: Weights,
        loss: float | None,
        learning_rate: float | None,
        dead: list[int] | None = None,
    ) -> list[Alert]:
        """Returns the alerts at this snapshot that weren't told before.

        Args:
            told: the fields of the `snapshot`: the verdicts on the first conv layer's filters.
            weights: what belongs to it, by name.
            loss: of the last batch; None before the first, or where it isn't told.
            learning_rate: from which the schedule starts; None where it isn't known.
            dead: the filters whose weights have vanished, where no label says so.
        """
        if self._known.optimizer is not None and loss is None:
            return []
        self._first_loss = loss if self._first_loss is None else self._first_loss
        if dead is None:
            dead = [at for at, label in enumerate(told["label"]) if label == "dead"]
        sight = self._sight(told, weights, loss, learning_rate, dead)
        due = _AT_ONCE if self._can_judge(sight) else _AT_ONCE[:3]
        if self._can_judge(sight) and sight.updates >= SETTLED_STEP:
            due += _ONCE_SETTLED
        return [alert for condition in due for alert in condition(sight) if self._is_news(alert)]

    def _sight(
        self,
        told: Mapping[str, Any],
        weights: Weights,
        loss: float | None,
        learning_rate: float | None,
        dead: list[int],
    ) -> Sight:
        kernels = {layer_of(name): weights[name] for name in self._kernel_names(weights)}
        broken = {layer: found for layer, found in map(_broken, kernels.items()) if found}
        now = {layer: kernel for layer, kernel in kernels.items() if layer not in broken}
        return Sight(
            told=told,
            first=self._first,
            first_norm=self._first_norm,
            beginning=self._beginning,
            now=now,
            norm={layer: norm_of(kernel) for layer, kernel in now.items()},
            first_loss=self._first_loss,
            loss=loss,
            optimizer=self._known.optimizer,
            learning_rate=learning_rate,
            dead=dead,
            held=self._known.held,
            updates=told["step"] - self._known.first_step,
            titles=self._known.titles,
            begins=self._known.begins,
            not_finite=broken,
        )

    def _kernel_names(self, weights: Weights) -> list[str]:
        if self._known.optimizer is not None:
            return conv_kernels(weights)
        return [name for name in weights if name == kernel_name(layer_of(name))]

    @staticmethod
    def _can_judge(sight: Sight) -> bool:
        return sight.told["layer"] in sight.now

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


def _broken(layer: tuple[str, NDArray[np.float32]]) -> tuple[str, list[int]]:
    """Returns the filters of a layer that hold NaN or infinity."""
    name, kernel = layer
    if np.isfinite(kernel).all():
        return name, []
    finite = np.isfinite(kernel).reshape(-1, kernel.shape[-1]).all(axis=0)
    return name, np.flatnonzero(~finite).tolist()
