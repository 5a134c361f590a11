"""Facts on how kernels begin: fans, bound and spread of an initialiser, and a draw of it.

Glorot and Bengio 2010; He et al. 2015; LeCun et al. 1998.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..engine.initializers import SCALED, fans

_FORMULAS = {
    ("uniform", "fan_average"): "L = √(6 / (fan_in + fan_out)), W ~ U(−L, L)",
    ("uniform", "fan_in"): "L = √({three_scale:g} / fan_in), W ~ U(−L, L)",
    (
        "truncated_normal",
        "fan_average",
    ): "σ = √(2 / (fan_in + fan_out)), W ~ a normal cut at both ends, of deviation σ",
    (
        "truncated_normal",
        "fan_in",
    ): "σ = √({scale:g} / fan_in), W ~ a normal cut at both ends, of deviation σ",
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an initialiser does to one shape.

    `bound` is the largest |weight| there can be, `standard_deviation` that of the weights drawn;
    `without_square_root` is the bound that a widely read answer gives for glorot_uniform, and
    wrong; None for other initialisers. `sample` is float32 of `shape`.
    """

    name: str
    shape: tuple[int, ...]
    fan_in: int
    fan_out: int
    formula: str
    bound: float
    standard_deviation: float
    without_square_root: float | None
    sample: NDArray[np.float32]


def beginning(name: str, shape: tuple[int, ...], seed: int = 0) -> Beginning:
    """Returns the facts of the initialiser `name` for kernels of `shape`, HWIO or (inputs, units).

    Raises:
        ValueError: there is no such initialiser, or the shape has no fans.
    """
    if name not in SCALED:
        raise ValueError(f"initializer is {name!r}; choose one of {', '.join(SCALED)}")
    initializer = SCALED[name]
    fan_in, fan_out = fans(shape)
    formula = _FORMULAS[initializer.distribution, initializer.mode]
    return Beginning(
        name=name,
        shape=shape,
        fan_in=fan_in,
        fan_out=fan_out,
        formula=formula.format(scale=initializer.scale, three_scale=3 * initializer.scale),
        bound=initializer.bound(shape),
        standard_deviation=initializer.standard_deviation(shape),
        without_square_root=6 / (fan_in + fan_out) if name == "glorot_uniform" else None,
        sample=initializer.draw(shape, np.random.default_rng(seed)),
    )
