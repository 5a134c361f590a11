"""The shape of a convolution: all that an algorithm needs to know of it."""

from dataclasses import dataclass
from functools import cached_property

from ...vocabulary.layers.layer import Padding
from ...vocabulary.layers.windows import output_length, same_padding


@dataclass(frozen=True)
class Geometry:
    """Sizes of the images, the kernels and the steps they take.

    With `pool` 2, each output is the largest of 2×2 neighbouring answers of the convolution; a
    row or column of answers left over is never computed. `pool` 1 takes every answer as it is.
    """

    height: int
    width: int
    channels: int
    filters: int
    kernel_size: int
    strides: int
    padding: Padding
    pool: int = 1

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """(height, width, channels) of one image."""
        return self.height, self.width, self.channels

    @property
    def kernel_shape(self) -> tuple[int, int, int, int]:
        """HWIO: (kernel_size, kernel_size, channels, filters)."""
        return self.kernel_size, self.kernel_size, self.channels, self.filters

    @property
    def depth(self) -> int:
        """The number of inputs that one answer sees: kernel_size²·channels."""
        return self.kernel_size**2 * self.channels

    @cached_property
    def output_shape(self) -> tuple[int, int, int]:
        """(height, width, filters) of one image's output; ValueError if no window fits."""
        rows, columns = (
            output_length(
                output_length(length, self.kernel_size, self.strides, self.padding),
                self.pool,
                self.pool,
                "valid",
            )
            for length in (self.height, self.width)
        )
        return rows, columns, self.filters

    @property
    def positions(self) -> int:
        """Outputs of one filter on one image: rows times columns."""
        return self.output_shape[0] * self.output_shape[1]

    @cached_property
    def pads(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Zeros (above, below), (left, right)."""
        if self.padding == "valid":
            return (0, 0), (0, 0)
        return (
            same_padding(self.height, self.kernel_size, self.strides),
            same_padding(self.width, self.kernel_size, self.strides),
        )
