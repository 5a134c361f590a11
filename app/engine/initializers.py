"""Draws first kernels as Keras's initialisers do, whose variance follows the layer's fans.

Glorot & Bengio 2010 (equation 16), He et al. 2015 (equation 10), LeCun et al. 1998 (section 4.6).
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.kernel_starts import Chosen, GivenKernel, KernelArray, KernelBank, RunKernel
from .banks import bank

# The standard deviation of a unit normal cut off at ±2; Keras divides by it to keep the variance.
_TRUNCATED_NORMAL_DEVIATION = 0.87962566103423978


class Fans(NamedTuple):
    """Counts the numbers that feed one output, and the outputs that one number feeds."""

    fan_in: int
    fan_out: int


def fans(shape: tuple[int, ...]) -> Fans:
    """Fans of a kernel, dense (inputs, units) or HWIO: receptive field × channels.

    Raises ValueError if the shape has fewer than two axes or an axis below 1.

    >>> fans((3, 3, 1, 32))
    Fans(fan_in=9, fan_out=288)
    """
    if len(shape) < 2 or min(shape) < 1:
        raise ValueError(f"kernel shape is {shape}; it needs two axes or more, each at least 1")
    field = math.prod(shape[:-2])
    return Fans(shape[-2] * field, shape[-1] * field)


class Initializer(Protocol):
    """Anything that can draw a kernel's or a bias's first values."""

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float32]:
        """Draw first values of that shape, float32."""
        ...


@dataclass(frozen=True)
class VarianceScaling:
    """Zero-mean values of variance scale / fan, uniform or from a normal cut off at ±2σ."""

    scale: float
    mode: Literal["fan_in", "fan_average"]
    distribution: Literal["uniform", "truncated_normal"]

    def standard_deviation(self, shape: tuple[int, ...]) -> float:
        """Compute σ = √(scale / fan) of the values drawn, fan being fan_in or (fan_in +
        fan_out) / 2.
        """
        fan_in, fan_out = fans(shape)
        fan = fan_in if self.mode == "fan_in" else (fan_in + fan_out) / 2
        return math.sqrt(self.scale / fan)

    def bound(self, shape: tuple[int, ...]) -> float:
        """Return the largest magnitude that can be drawn: √3·σ if uniform, else two cut-off
        deviations.

        >>> round(INITIALIZERS["glorot_uniform"].bound((3, 3, 1, 32)), 4)
        0.1421
        """
        deviation = self.standard_deviation(shape)
        if self.distribution == "uniform":
            return math.sqrt(3) * deviation
        return 2 * deviation / _TRUNCATED_NORMAL_DEVIATION

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float32]:
        """Draw a kernel of that shape, float32, from the generator passed in."""
        bound = self.bound(shape)
        if self.distribution == "uniform":
            return generator.uniform(-bound, bound, shape).astype(np.float32)
        return (_truncated_normal(shape, generator) * (bound / 2)).astype(np.float32)


@dataclass(frozen=True)
class Constant:
    """The same value everywhere; draws nothing from the generator."""

    value: float = 0.0

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float32]:
        """Fill an array of that shape with the value, float32."""
        return np.full(shape, self.value, np.float32)


SCALED = {
    "glorot_uniform": VarianceScaling(1.0, "fan_average", "uniform"),
    "glorot_normal": VarianceScaling(1.0, "fan_average", "truncated_normal"),
    "he_uniform": VarianceScaling(2.0, "fan_in", "uniform"),
    "he_normal": VarianceScaling(2.0, "fan_in", "truncated_normal"),
    "lecun_uniform": VarianceScaling(1.0, "fan_in", "uniform"),
    "lecun_normal": VarianceScaling(1.0, "fan_in", "truncated_normal"),
}
INITIALIZERS: dict[str, VarianceScaling | Constant] = {
    **SCALED,
    "zeros": Constant(0.0),
    "ones": Constant(1.0),
    "constant": Constant(0.0),
}


@dataclass(frozen=True)
class BankInitializer:
    """Filters that people made by hand; draws nothing from the generator."""

    name: str

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float32]:
        """Make the bank's kernel, twice as long as Glorot's uniform ones are on average."""
        return bank(self.name, shape, SCALED["glorot_uniform"].standard_deviation(shape))


@dataclass(frozen=True)
class GivenInitializer:
    """Numbers that somebody chose; draws nothing from the generator."""

    kernel: KernelArray

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.float32]:
        """Return them, float32; ValueError if they have another shape."""
        numbers = np.array(self.kernel.numbers(), np.float32)
        if self.kernel.lengths != shape:
            raise ValueError(f"the kernel given is {self.kernel.lengths}, not {shape}")
        return numbers.reshape(shape)


def initializer_of(choice: str | Chosen) -> Initializer:
    """Return the initialiser of that name, or of a kernel that was chosen.

    Raises ValueError that lists the names there are, or says that only a server knows a run.
    """
    if isinstance(choice, KernelBank):
        return BankInitializer(choice.name)
    if isinstance(choice, GivenKernel):
        return GivenInitializer(choice.kernel)
    if isinstance(choice, RunKernel):
        raise ValueError(f"the kernel of run {choice.run} is known to the server that holds it")
    if choice not in INITIALIZERS:
        raise ValueError(f"initializer is {choice!r}; choose one of {', '.join(INITIALIZERS)}")
    return INITIALIZERS[choice]


def _truncated_normal(
    shape: tuple[int, ...], generator: np.random.Generator
) -> NDArray[np.float64]:
    values = generator.standard_normal(shape)
    while (outside := np.abs(values) > 2).any():
        values[outside] = generator.standard_normal(int(outside.sum()))
    return values
