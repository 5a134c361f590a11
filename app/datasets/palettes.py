"""Leaf colours: gray, or near a gray axis with a little of two opponent hues."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

GRAY: Final = "gray"

# Spread along brightness, along red against blue, and along red against green.
SPREADS: Final[dict[str, tuple[float, float, float]]] = {
    "natural": (0.45, 0.22, 0.14),
    "warm": (0.35, 0.25, 0.2),
    "vivid": (0.3, 0.35, 0.3),
}

_DIRECTIONS = np.array([[1.0, 1.0, 1.0], [1.0, 0.2, -1.2], [1.0, -1.0, 0.2]])
AXES: Final = _DIRECTIONS / np.linalg.norm(_DIRECTIONS, axis=1, keepdims=True)


def draw_colours(palette: str, count: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Colours of `count` leaves: clip(½ + z₀a₀ + z₁a₁ + z₂a₂, 0, 1), or one gray.

    The first coordinate is uniform, z₀ = 1.5·s₀·U(−1, 1); the other two are Laplacian with scale
    s/1.4, so that most leaves are nearly gray and a few are bright, as in photographs.

    Args:
        palette: "gray" or a key of `SPREADS`.

    Returns:
        float64 ndarray of shape (count, 3), red, green, blue in [0, 1].

    Raises:
        KeyError: there is no such palette.
    """
    if palette == GRAY:
        return np.repeat(generator.uniform(size=(count, 1)), 3, axis=1)
    spread = SPREADS[palette]
    z = np.stack(
        [
            1.5 * spread[0] * generator.uniform(-1, 1, count),
            generator.laplace(scale=spread[1] / 1.4, size=count),
            generator.laplace(scale=spread[2] / 1.4, size=count),
        ],
        axis=1,
    )
    colours: NDArray[np.float64] = np.clip(0.5 + z @ AXES, 0, 1)
    return colours
