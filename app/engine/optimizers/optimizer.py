"""The skeleton of every optimiser: where it keeps its memory and how it walks the buffers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Protocol

import numpy as np

from ..arrays import Array
from ..parameters import Parameters
from ..schedules import Rate, rate_of

State = dict[str, int | Array]

# Blocks of this many parameters, with their slots, stay in a core's cache through a whole update,
# and are long enough that calls cost little beside what they do.
_BLOCK = 32_768
# Slots of parameters without gradient decay towards denormals, which cost 18 times as much.
_FLUSH_EVERY = 64
_NEGLIGIBLE = 1e-30


class HasParameters(Protocol):
    """A network, as far as an optimiser needs to know it."""

    @property
    def parameters(self) -> Parameters:
        """All parameters, in order."""
        ...


class Optimizer(ABC):
    """Updates all parameters of one network from their gradients.

    `rate` says how large a step each update takes; a number stands for the same one each time.
    `slots` names the arrays that a subclass remembers between updates, one number a parameter.

    Attributes:
        memory_since: after how many updates that memory began; more than 0 only where training
            went on with another's weights and without its memory.
    """

    slots: tuple[str, ...] = ()

    def __init__(self, learning_rate: float | Rate) -> None:
        self.rate = rate_of(learning_rate)
        self.updates = 0
        self.memory_since = 0
        self._memory: dict[str, Array] = {}

    @property
    def remembered(self) -> int:
        """How many updates its memory is of."""
        return self.updates - self.memory_since

    def begin_at(self, updates: int) -> None:
        """Count so many updates as made, and remember nothing of them."""
        self.updates = self.memory_since = updates

    def bind(self, network: HasParameters) -> None:
        """Take on a network's parameters and forget all past updates."""
        self._parameters = network.parameters
        values = network.parameters.values.flat
        self._memory = {name: np.zeros_like(values) for name in self.slots}
        self._scratch = [np.zeros(_BLOCK, values.dtype) for _ in range(2)]
        self.updates = 0

    def update(self) -> float:
        """Move every parameter once; returns the learning rate at which it was done."""
        learning_rate = self.rate.at(self.updates)
        self.updates += 1
        self._begin(learning_rate)
        values, gradients = self._parameters.values.flat, self._parameters.gradients.flat
        for start in range(0, values.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            size = values[block].size
            memory = [array[block] for array in self._memory.values()]
            scratch = [array[:size] for array in self._scratch]
            self._update(values[block], gradients[block], memory, scratch)
        if self.updates % _FLUSH_EVERY == 0:
            self._flush()
        return learning_rate

    def state(self) -> State:
        """Return all that the next update depends on besides the parameters, copied."""
        return {"updates": self.updates} | {
            name: array.copy() for name, array in self._memory.items()
        }

    def load_state(self, state: Mapping[str, int | Array]) -> None:
        """Go on from a `state()`, to the byte; ValueError if it isn't one of this optimiser."""
        if set(state) != {"updates", *self.slots}:
            raise ValueError(f"state holds {sorted(state)}, not {['updates', *self.slots]}")
        for name, array in self._memory.items():
            if np.shape(state[name]) != array.shape:
                raise ValueError(f"{name} has shape {np.shape(state[name])}, not {array.shape}")
        for name, array in self._memory.items():
            array[...] = state[name]
        self.updates = int(state["updates"])

    def _begin(self, learning_rate: float) -> None:
        """Compute what is the same for all parameters of this update."""
        self._learning_rate = learning_rate

    @abstractmethod
    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        """Update one block in place; memory in the order of `slots`, two arrays of scratch."""

    def _flush(self) -> None:
        for array in self._memory.values():
            array[np.abs(array) < _NEGLIGIBLE] = 0


def fraction(name: str, value: float) -> float:
    """Return the value if it lies in [0, 1)."""
    if not 0 <= value < 1:
        raise ValueError(f"{name} is {value}; it must be at least 0 and below 1")
    return value
