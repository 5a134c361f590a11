"""What both poolings share: one value for each window of each channel."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from .layer import Layer, Shape
from .windows import Padding, positions


@dataclass(frozen=True)
class Pool2D(Layer):
    """One value for each window of each channel; `strides` is `pool_size` unless said."""

    pool_size: Annotated[int, Interval(ge=1, le=32)] = 2
    strides: Annotated[int | None, Interval(ge=1, le=32)] = None
    padding: Padding = "valid"

    @property
    def step(self) -> int:
        """From window to window, in pixels."""
        return self.strides or self.pool_size

    def output_shape(self, input_shape: Shape) -> Shape:
        """(output height, output width, channels)."""
        size, step = self.pool_size, self.step
        rows, columns = positions(self, input_shape, "pool_size", size, step, self.padding)
        return rows, columns, input_shape[2]
