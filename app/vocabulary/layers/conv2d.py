"""Conv2D: filters slid over an image; what Filterscope shows."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval

from .layer import (
    Activation,
    KernelStart,
    Layer,
    Padding,
    Shape,
    WeightSpec,
    Window,
    image_shape,
    kernel_and_bias,
)
from .windows import positions


@dataclass(frozen=True)
class Conv2D(Layer):
    """Filters slid over an image; its kernels are what Filterscope shows."""

    stem: ClassVar[str] = "conv"
    is_kept: ClassVar[bool] = True

    type: Literal["conv2d"] = field(default="conv2d", kw_only=True)
    filters: Annotated[int, Interval(ge=1, le=1024)]
    kernel_size: Annotated[int, Interval(ge=1, le=11)]
    strides: Annotated[int, Interval(ge=1, le=16)] = 1
    padding: Padding = "valid"
    activation: Activation = "linear"
    kernel_initializer: KernelStart = "glorot_uniform"
    weight_decay: Annotated[float, Interval(ge=0, le=10)] = 0.0
    trainable: bool = True

    @property
    def window(self) -> Window:
        """Its kernels'."""
        return Window(self.kernel_size, self.strides, self.padding)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns (output height, output width, filters)."""
        return *self._positions(input_shape), self.filters

    def parameters(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Gives kernel (kernel_size, kernel_size, channels, filters), HWIO, and bias (filters,)."""
        channels = image_shape(self, input_shape)[2]
        shape = (self.kernel_size, self.kernel_size, channels, self.filters)
        return kernel_and_bias(self, shape, self.filters, self.kernel_initializer)

    def scratch(self, input_shape: Shape) -> int:
        """Counts the numbers of every window as a row."""
        rows, columns = self._positions(input_shape)
        return rows * columns * self.kernel_size**2 * input_shape[2]

    def _positions(self, input_shape: Shape) -> tuple[int, int]:
        return positions(self, self.window, input_shape, "kernel_size")
