"""What is watched while it learns: its weights, and how each batch fared."""

from typing import NamedTuple, Protocol

from ..engine.arrays import Array
from ..engine.parameters import FlatBuffer, Parameters


class Learner(Protocol):
    """A network, whatever it is trained for: what it learns, and its weights as they act."""

    @property
    def parameters(self) -> Parameters:
        """All that an optimiser moves."""
        ...

    @property
    def state(self) -> FlatBuffer:
        """What no optimiser moves; empty for most networks."""
        ...

    @property
    def conv_kernels(self) -> tuple[str, ...]:
        """Names of the conv layers' kernels: the first one's is what the page shows."""
        ...

    def weights(self) -> dict[str, Array]:
        """Copies of all weights by name."""
        ...

    def conv_weights(self) -> dict[str, Array]:
        """Copies of kernels (HWIO), biases and all else that filters answer by, by name."""
        ...


class BatchOutcome(NamedTuple):
    """Mean loss of some images, and the share named right; None where none is named."""

    loss: float
    accuracy: float | None
