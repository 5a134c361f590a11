"""Which of the known initialisers first weights may have been drawn by.

Keras draws its normals cut off at two deviations, PyTorch whole; apart from that they share names,
and rules: Glorot & Bengio 2010, He et al. 2015, LeCun et al. 1998, Saxe et al. 2014.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from .kolmogorov import Floats, p_value

SIGNIFICANT: Final = 0.01  # below, weights are no such draw
_MOST = 2**16  # weights looked at, evenly spread: enough to tell all of these apart
_CUT = 2.0
_CUT_DEVIATION = 0.87962566103423978  # of a unit normal cut off at ±2
_ROUNDING = 1 / 256  # by which half a precision may carry a weight beyond a bound
_ORTHOGONAL = 1e-3

Distribution = Literal["uniform", "normal", "truncated_normal", "constant", "orthogonal"]


@dataclass(frozen=True, slots=True)
class StartFit:
    """An initialiser, and how often its own draws lie as far from it as these weights do.

    `deviation` is that of what it draws; `p` is 0 where it can't have drawn them.
    """

    name: str
    distribution: Distribution
    deviation: float
    p: float


def start_fans(kind: str, shape: tuple[int, ...], framework: str | None) -> tuple[int, int]:
    """Counts fan_in and fan_out of a kernel in Keras's order, as its framework does.

    Both frameworks take what a transposed layer puts out for what goes in. Of a depthwise layer
    Keras counts all channels, PyTorch the one that a kernel sees.

    >>> start_fans("conv2d", (3, 3, 3, 64), "Keras 3.12")
    (27, 576)
    >>> start_fans("depthwise_conv2d", (3, 3, 8, 2), "PyTorch 2.9")
    (9, 144)
    """
    if len(shape) < 2:
        return shape[0], shape[0]
    field, (inputs, outputs) = math.prod(shape[:-2]), shape[-2:]
    if kind.startswith("depthwise") and _is_torch(framework):
        return field, field * inputs * outputs
    if kind.endswith("_transpose"):
        inputs, outputs = outputs, inputs
    return field * inputs, field * outputs


def start_fits(
    weights: NDArray[np.float32], fans: tuple[int, int], framework: str | None
) -> list[StartFit]:
    """Compares first weights with every known initialiser, the likeliest first.

    Args:
        weights: a kernel in Keras's order, finite.
        fans: its fan_in and fan_out.
        framework: in which it was made, as `Keras 3.12`; with None normals are tried both ways.
    """
    flat = weights.reshape(-1)
    if (flat == flat[0]).all():
        names = {0.0: "zeros", 1.0: "ones"}
        return [StartFit(names.get(float(flat[0]), "constant"), "constant", 0.0, 1.0)]
    if _is_orthogonal(weights):
        columns = weights.reshape(-1, weights.shape[-1])
        return [StartFit("orthogonal", "orthogonal", float(columns.std()), 1.0)]
    some = flat[:: max(1, math.ceil(flat.size / _MOST))].astype(np.float64)
    fits = [
        StartFit(name, distribution, deviation, _p(some, distribution, deviation))
        for name, distribution, deviation in _candidates(*fans, framework)
    ]
    return sorted(fits, key=lambda fit: -fit.p)


def _candidates(
    fan_in: int, fan_out: int, framework: str | None
) -> Iterator[tuple[str, Distribution, float]]:
    """Yields name, distribution and deviation of each initialiser that is usual there."""
    both = (fan_in + fan_out) / 2
    for name, variance in (("glorot", 1 / both), ("he", 2 / fan_in), ("lecun", 1 / fan_in)):
        yield f"{name}_uniform", "uniform", math.sqrt(variance)
    is_torch, is_unknown = _is_torch(framework), _is_unknown(framework)
    if is_torch or is_unknown:
        yield "kaiming_uniform(a=√5)", "uniform", math.sqrt(1 / (3 * fan_in))
        yield from _normals("normal", fan_in, fan_out, both, ("xavier", "kaiming", "lecun"))
    if not is_torch:
        names = ("glorot", "he", "lecun")
        yield from _normals("truncated_normal", fan_in, fan_out, both, names)
        yield "random_uniform(0.05)", "uniform", 0.05 / math.sqrt(3)
        yield "random_normal(0.05)", "normal", 0.05
        yield "truncated_normal(0.05)", "truncated_normal", 0.05 * _CUT_DEVIATION
    yield "normal(0.02)", "normal", 0.02
    yield "normal(0.01)", "normal", 0.01


def _normals(
    distribution: Distribution,
    fan_in: int,
    fan_out: int,
    both: float,
    names: tuple[str, str, str],
) -> Iterator[tuple[str, Distribution, float]]:
    variances = (1 / both, 2 / fan_in, 1 / fan_in)
    for name, variance in zip(names, variances, strict=True):
        yield f"{name}_normal", distribution, math.sqrt(variance)
    if distribution == "normal":
        yield "kaiming_normal(fan_out)", distribution, math.sqrt(2 / fan_out)


def _p(values: Floats, distribution: Distribution, deviation: float) -> float:
    """Tests values against a distribution about zero; 0 if one lies where none can be drawn."""
    bound = _bound(distribution, deviation)
    if float(np.abs(values).max()) > bound * (1 + _ROUNDING):
        return 0.0
    if distribution == "uniform":
        return p_value(values, lambda x: np.clip((x / bound + 1) / 2, 0, 1))
    if distribution == "normal":
        return p_value(values, lambda x: _normal(x / deviation))
    low, high = _normal(np.array([-_CUT, _CUT])).tolist()
    unit = _CUT / bound
    return p_value(values, lambda x: np.clip((_normal(x * unit) - low) / (high - low), 0, 1))


def _bound(distribution: Distribution, deviation: float) -> float:
    if distribution == "uniform":
        return math.sqrt(3) * deviation
    return math.inf if distribution == "normal" else _CUT * deviation / _CUT_DEVIATION


def _normal(x: Floats) -> Floats:
    error: Floats = np.array([math.erf(one) for one in (x / math.sqrt(2)).tolist()])
    return (1 + error) / 2


def _is_orthogonal(weights: NDArray[np.float32]) -> bool:
    """Tells whether the filters, or their places, are all of one length and at right angles."""
    flat = weights.reshape(-1, weights.shape[-1]).astype(np.float64)
    flat = flat if flat.shape[0] >= flat.shape[1] else flat.T
    if not 1 < flat.shape[1] <= 2048:
        return False
    gram = flat.T @ flat
    size = float(np.trace(gram)) / len(gram)
    return bool(size > 0 and np.abs(gram / size - np.eye(len(gram))).max() < _ORTHOGONAL)


def _is_torch(framework: str | None) -> bool:
    return framework is not None and framework.startswith("PyTorch")


def _is_unknown(framework: str | None) -> bool:
    return framework is None or not framework.startswith(("PyTorch", "Keras", "Filterscope"))
