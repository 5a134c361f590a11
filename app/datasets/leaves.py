"""Random leaves: where they fall, how large they are, which shape, which colour.

Radii follow p(r) ∝ r⁻³, the law under which a picture has no scale of its own (Lee, Mumford and
Huang 2001).
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .palettes import draw_colours

SMALLEST_RADIUS: Final = 3.0
LARGEST_RADIUS: Final = 16.0
COVERAGE: Final = 2.5
ANGLE_SPREAD: Final = 0.12

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Leaves:
    """Leaves on several canvases, in painting order.

    `column`, `row` and `radius` are in pixels, `angle` in radians counter-clockwise from the
    horizontal (None for discs); all have shape (canvases, leaves), `colour` (canvases, leaves, 3).
    A bar is 6·radius long and 1·radius thick.
    """

    column: Array
    row: Array
    radius: Array
    colour: Array
    angle: Array | None


def leaves_per_canvas(canvas_size: int) -> int:
    """Computes how many leaves cover a canvas 2.5 times over: 2.5·S² / (π·E[r²])."""
    near, far = SMALLEST_RADIUS**-2, LARGEST_RADIUS**-2
    mean_square = 2 * math.log(LARGEST_RADIUS / SMALLEST_RADIUS) / (near - far)
    return round(COVERAGE * canvas_size**2 / (math.pi * mean_square))


def draw_radii(shape: tuple[int, ...], generator: np.random.Generator) -> Array:
    """Draws radii from p(r) ∝ r⁻³ by the inverse of its distribution function."""
    near, far = SMALLEST_RADIUS**-2, LARGEST_RADIUS**-2
    radii: Array = (near + (far - near) * generator.uniform(size=shape)) ** -0.5
    return radii


def draw_leaves(
    canvases: int,
    canvas_size: int,
    palette: str,
    bar_degrees: float | None,
    generator: np.random.Generator,
) -> Leaves:
    """Leaves of one class; `bar_degrees` is the bars' mean direction, None asks for discs."""
    shape = (canvases, leaves_per_canvas(canvas_size))
    reach = LARGEST_RADIUS
    row, column = generator.uniform(-reach, canvas_size + reach, (2, *shape))
    radius = draw_radii(shape, generator)
    angle = None
    if bar_degrees is not None:
        angle = generator.normal(math.radians(bar_degrees), ANGLE_SPREAD, shape)
    colour = draw_colours(palette, shape[0] * shape[1], generator).reshape(*shape, 3)
    return Leaves(column=column, row=row, radius=radius, colour=colour, angle=angle)
