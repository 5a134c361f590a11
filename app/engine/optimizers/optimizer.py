"""The skeleton of every optimiser: where it keeps its memory and how it walks the buffers."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol

import numpy as np

from ..arrays import Array
from ..parameters import Parameter, Parameters

State = dict[str, int | Array]

# Blocks of this many parameters, with their slots, stay in a core's cache through a whole update,
# and are long enough that calls cost little beside what they do.
_BLOCK = 32_768
# Slots of parameters without gradient decay towards denormals, which cost 18 times as much.
_FLUSH_EVERY = 64
_NEGLIGIBLE = 1e-30


class Move(NamedTuple):
    """What one update did to one parameter: four arrays of its shape, copies.

    `gradient` is what the optimiser was given, weight decay included; `change` is after − before,
    as rounded: the step that was taken, not the one that was meant.
    """

    before: Array
    gradient: Array
    change: Array
    after: Array


class HasParameters(Protocol):
    """What an optimiser needs of a network."""

    @property
    def parameters(self) -> Parameters:
        """All parameters, in order."""
        ...


class Optimizer(ABC):
    """Updates all parameters of one network from their gradients.

    `slots` names the arrays that a subclass remembers between updates, one number a parameter.
    """

    slots: tuple[str, ...] = ()

    def __init__(self, learning_rate: float) -> None:
        if not learning_rate > 0:
            raise ValueError(f"learning_rate is {learning_rate}; it must be above 0")
        self.learning_rate = learning_rate
        self.updates = 0
        self._memory: dict[str, Array] = {}

    def bind(self, network: HasParameters) -> None:
        """Take on a network's parameters and forget all past updates."""
        self._parameters = network.parameters
        values = network.parameters.values.flat
        self._memory = {name: np.zeros_like(values) for name in self.slots}
        self._scratch = [np.zeros(_BLOCK, values.dtype) for _ in range(2)]
        self.updates = 0

    def update(
        self, learning_rate: float | None = None, report: Collection[str] = ()
    ) -> dict[str, Move]:
        """Move every parameter once, at the given rate or else at the one it began with.

        Returns the moves of the parameters named in `report` ("conv1/kernel", …), by name; where
        none is named, nothing is copied. ValueError if a name is unknown.
        """
        reported = [(name, self._parameter(name)) for name in report]
        befores = [parameter.value.copy() for _, parameter in reported]
        self._move(self.learning_rate if learning_rate is None else learning_rate)
        moves = {}
        for (name, parameter), before in zip(reported, befores, strict=True):
            after = parameter.value.copy()
            moves[name] = Move(before, parameter.gradient.copy(), after - before, after)
        return moves

    def state(self) -> State:
        """All that the next update depends on besides the parameters, copied."""
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

    def _move(self, learning_rate: float) -> None:
        values, gradients = self._parameters.values.flat, self._parameters.gradients.flat
        self.updates += 1
        self._begin(learning_rate)
        for start in range(0, values.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            size = values[block].size
            memory = [array[block] for array in self._memory.values()]
            scratch = [array[:size] for array in self._scratch]
            self._update(values[block], gradients[block], memory, scratch)
        if self.updates % _FLUSH_EVERY == 0:
            self._flush()

    def _parameter(self, name: str) -> Parameter:
        by_name = {parameter.name: parameter for parameter in self._parameters}
        if name not in by_name:
            raise ValueError(f"there is no parameter {name!r}; there are {', '.join(by_name)}")
        return by_name[name]

    def _begin(self, learning_rate: float) -> None:
        """Compute what is the same for all parameters of this update."""
        self._rate = learning_rate

    @abstractmethod
    def _update(
        self, values: Array, gradients: Array, memory: list[Array], scratch: list[Array]
    ) -> None:
        """Update one block in place; memory in the order of `slots`, two arrays of scratch."""

    def _flush(self) -> None:
        for array in self._memory.values():
            array[np.abs(array) < _NEGLIGIBLE] = 0


def fraction(name: str, value: float) -> float:
    """The value, if it lies in [0, 1)."""
    if not 0 <= value < 1:
        raise ValueError(f"{name} is {value}; it must be at least 0 and below 1")
    return value
