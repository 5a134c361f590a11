"""What both poolings share: one value for each window of each channel."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from .layer import Layer, Padding, Shape, Window
from .windows import positions


@dataclass(frozen=True)
class Pool2D(Layer):
    """One value for each window of each channel; `strides` is `pool_size` unless said."""

    pool_size: Annotated[int, Interval(ge=1, le=32)] = 2
    strides: Annotated[int | None, Interval(ge=1, le=32)] = None
    padding: Padding = "valid"

    @property
    def window(self) -> Window:
        """That whose values become one."""
        return Window(self.pool_size, self.strides or self.pool_size, self.padding)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns (output height, output width, channels)."""
        rows, columns = positions(self, self.window, input_shape, "pool_size")
        return rows, columns, input_shape[2]
