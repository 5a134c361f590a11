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
    """What the conditions look at: kernels are the conv layers', HWIO by layer name.

    `told` are the fields of the snapshot. `first` are the kernels of frame 0, `norm` and
    `first_norm` their norms now and then; `beginning` are the streamed layer's at frame 0.
    """

    told: Mapping[str, Any]
    first: Kernels
    first_norm: Mapping[str, float]
    beginning: Columns
    now: Kernels
    norm: Mapping[str, float]
    first_loss: float
    loss: float
    optimizer: str
    learning_rate: float

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
