"""One gradient checker for every layer: central differences in float64."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def numerical_gradient(function: Callable[[], float], values: Values, step: float = 1e-6) -> Values:
    """∂function/∂values by (f(v + h) − f(v − h)) / 2h, one value at a time."""
    gradient = np.zeros_like(values)
    for index in np.ndindex(values.shape):
        kept = values[index]
        values[index] = kept + step
        above = function()
        values[index] = kept - step
        below = function()
        values[index] = kept
        gradient[index] = (above - below) / (2 * step)
    return gradient


def assert_close(name: str, analytic: Values, numeric: Values, tolerance: float = 1e-7) -> None:
    """Fails with the name, the worst place and both values there."""
    error = np.abs(analytic - numeric)
    worst = np.unravel_index(error.argmax(), error.shape)
    scale = max(1.0, float(np.abs(numeric).max()))
    assert error[worst] <= tolerance * scale, (
        f"{name} at {worst}: {analytic[worst]} by backpropagation, {numeric[worst]} by differences"
    )
