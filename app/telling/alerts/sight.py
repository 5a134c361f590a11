"""What the conditions of an alert look at, and the alert they raise."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...analysis import Columns
from ...events import Alert, AlertCode

Kernels = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the conditions look at: kernels are HWIO by layer name.

    `told` are the fields of the snapshot. `first` are the kernels of frame 0, `norm` and
    `first_norm` the norms of all layers now and then; `beginning` are the streamed layer's at
    frame 0. `updates` were made since frame 0.

    Of a run from elsewhere neither optimiser nor learning rate is known (None), only layers that
    were sent now are there, and what its owner calls them is in `titles`. `begins` says whether
    frame 0 is its start. `not_finite` are the filters with NaN or infinity by layer, which are
    nowhere else; `dead` are those of the streamed layer whose weights have all but vanished,
    `held` those among them that are to be 0.
    """

    told: Mapping[str, Any]
    first: Kernels
    first_norm: Mapping[str, float]
    beginning: Columns
    now: Kernels
    norm: Mapping[str, float]
    first_loss: float | None
    loss: float | None
    optimizer: str | None
    learning_rate: float | None
    dead: list[int]
    held: frozenset[int]
    updates: int
    titles: Mapping[str, str]
    begins: bool
    not_finite: Mapping[str, list[int]]

    def title(self, layer: str) -> str:
        """Returns what a layer is called in words."""
        return self.titles.get(layer, layer)

    def alert(
        self,
        code: AlertCode,
        words: str,
        layer: str | None = None,
        filters: list[int] | None = None,
    ) -> Alert:
        """Returns an alert at this step: of single filters of a layer, or of the whole network."""
        return Alert(step=self.told["step"], code=code, message=words, layer=layer, filters=filters)


def norm_of(kernels: NDArray[np.floating[Any]]) -> float:
    """Computes ‖kernels‖, also where its square is beyond float32."""
    flat = kernels.ravel().astype(np.float64)
    return math.sqrt(flat.dot(flat))


Condition = Callable[[Sight], Iterator[Alert]]
