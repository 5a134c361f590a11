"""Flatten: an image as one vector, row by row, channels last."""

import math
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from .layer import Layer, Shape, image_shape


@dataclass(frozen=True)
class Flatten(Layer):
    """All values of an image as one vector."""

    stem: ClassVar[str] = "flatten"

    type: Literal["flatten"] = field(default="flatten", kw_only=True)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns (number of values,)."""
        return (math.prod(image_shape(self, input_shape)),)
