"""DepthwiseConv2D: filters that see one channel each."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval

from .layer import (
    Activation,
    Initializer,
    Layer,
    Padding,
    Shape,
    WeightSpec,
    Window,
    image_shape,
)
from .windows import positions


@dataclass(frozen=True)
class DepthwiseConv2D(Layer):
    """Filters slid over each channel by itself, `depth_multiplier` of them for each."""

    stem: ClassVar[str] = "depthwise_conv"
    is_kept: ClassVar[bool] = True

    type: Literal["depthwise_conv2d"] = field(default="depthwise_conv2d", kw_only=True)
    kernel_size: Annotated[int, Interval(ge=1, le=11)]
    strides: Annotated[int, Interval(ge=1, le=16)] = 1
    padding: Padding = "valid"
    depth_multiplier: Annotated[int, Interval(ge=1, le=16)] = 1
    activation: Activation = "linear"
    depthwise_initializer: Initializer = "glorot_uniform"
    weight_decay: Annotated[float, Interval(ge=0, le=10)] = 0.0
    trainable: bool = True

    @property
    def window(self) -> Window:
        """Its kernels'."""
        return Window(self.kernel_size, self.strides, self.padding)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Gives (output height, output width, channels · depth_multiplier), a channel's side by
        side.
        """
        rows, columns = positions(self, self.window, input_shape, "kernel_size")
        return rows, columns, input_shape[2] * self.depth_multiplier

    def parameters(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Gives kernel (kernel_size, kernel_size, channels, depth_multiplier) and bias
        (outputs,).
        """
        channels = image_shape(self, input_shape)[2]
        shape = (self.kernel_size, self.kernel_size, channels, self.depth_multiplier)
        return (
            WeightSpec(
                "kernel", shape, self.depthwise_initializer, self.weight_decay, self.trainable
            ),
            WeightSpec(
                "bias", (channels * self.depth_multiplier,), "zeros", trainable=self.trainable
            ),
        )
