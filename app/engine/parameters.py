"""The numbers a network learns, kept in one flat buffer so that an optimiser sees one array."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from ..vocabulary.layers import WeightSpec
from ..vocabulary.layers.naming import layer_of
from .arrays import Array, DType
from .initializers import initializer_of
from .shared import Zeros


@dataclass(frozen=True)
class Parameter:
    """One named array and its gradient, both views into the network's flat buffers.

    `gradient` is that of the last `loss_and_gradients`, weight decay included. Whoever wants to
    keep either must copy it: the next step overwrites both.
    """

    name: str
    value: Array
    gradient: Array
    weight_decay: float


class FlatBuffer:
    """One flat array cut into named views, in the order of their specs."""

    def __init__(
        self, specs: Mapping[str, WeightSpec], dtype: DType, zeros: Zeros = np.zeros
    ) -> None:
        size = sum(math.prod(spec.shape) for spec in specs.values())
        self._specs = specs
        self.flat: Array = zeros((size,), dtype)
        self.views: dict[str, Array] = {}
        offset = 0
        for name, spec in specs.items():
            size = math.prod(spec.shape)
            self.views[name] = self.flat[offset : offset + size].reshape(spec.shape)
            offset += size

    def draw(self, generator: np.random.Generator, names: Iterable[str] | None = None) -> None:
        """Set the arrays of these names, or all, by their initialisers, in order."""
        for name in self._specs if names is None else names:
            spec = self._specs[name]
            self.views[name][...] = initializer_of(spec.initializer).draw(spec.shape, generator)

    def check(self, weights: Mapping[str, Array]) -> None:
        """Raise ValueError if a name is missing, unknown or of another shape."""
        if set(weights) != set(self.views):
            missing, unknown = set(self.views) - set(weights), set(weights) - set(self.views)
            raise ValueError(f"weights lack {sorted(missing)} and hold unknown {sorted(unknown)}")
        for name, view in self.views.items():
            if np.shape(weights[name]) != view.shape:
                raise ValueError(f"{name} is {np.shape(weights[name])}, not {view.shape}")

    def load(self, weights: Mapping[str, Array]) -> None:
        """Copy values in by name; ValueError if `check` finds fault."""
        self.check(weights)
        for name, view in self.views.items():
            view[...] = weights[name]

    def of_layer(self, layer: str) -> dict[str, Array]:
        """Return the views of one layer, by their names within it."""
        return {
            self._specs[name].name: view
            for name, view in self.views.items()
            if layer_of(name) == layer
        }


class Parameters(Sequence[Parameter]):
    """All parameters of a network, in layer order, kernel before bias.

    `values` and `gradients` are the flat buffers, of equal length, allocated by `zeros`.
    """

    def __init__(
        self, specs: Mapping[str, WeightSpec], dtype: DType, zeros: Zeros = np.zeros
    ) -> None:
        self.specs = dict(specs)
        self._zeros = zeros
        self.values = FlatBuffer(self.specs, dtype, zeros)
        self.gradients = FlatBuffer(self.specs, dtype, zeros)
        self._all = [
            Parameter(name, self.values.views[name], self.gradients.views[name], spec.weight_decay)
            for name, spec in self.specs.items()
        ]

        self._decaying = [(p, np.zeros_like(p.value)) for p in self._all if p.weight_decay]

    def new_gradients(self) -> FlatBuffer:
        """Allocate another buffer for gradients of all parameters."""
        return FlatBuffer(self.specs, self.gradients.flat.dtype.type, self._zeros)

    def draw(self, generator: np.random.Generator) -> None:
        """Set every value by its initialiser, in order."""
        self.values.draw(generator)

    def add_weight_decay(self) -> None:
        """Add λ·W to the gradient of each parameter that decays."""
        for parameter, decay in self._decaying:
            np.multiply(parameter.value, parameter.weight_decay, out=decay)
            parameter.gradient[...] += decay

    def load(self, weights: Mapping[str, Array]) -> None:
        """Copy values in by name; ValueError if a name is missing, unknown or of another shape."""
        self.values.load(weights)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> Parameter: ...

    @overload
    def __getitem__(self, index: slice) -> list[Parameter]: ...

    def __getitem__(self, index: int | slice) -> Parameter | list[Parameter]:
        return self._all[index]
