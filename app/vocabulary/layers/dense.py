"""Dense: every output weighs every input."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval

from .layer import Activation, Initializer, Layer, Misfit, Shape, WeightSpec, kernel_and_bias, shown


@dataclass(frozen=True)
class Dense(Layer):
    """A weighted sum of all inputs for each unit."""

    stem: ClassVar[str] = "dense"

    type: Literal["dense"] = field(default="dense", kw_only=True)
    units: Annotated[int, Interval(ge=1, le=4096)]
    activation: Activation = "linear"
    kernel_initializer: Initializer = "glorot_uniform"
    weight_decay: Annotated[float, Interval(ge=0, le=10)] = 0.0
    trainable: bool = True

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns (units,); Misfit unless the input is one vector an image."""
        if len(input_shape) != 1:
            raise Misfit(
                f"dense needs one vector an image but is given {shown(input_shape)}: place Flatten "
                "(flatten) or GlobalAveragePool2D (global_average_pool2d) before it"
            )
        return (self.units,)

    def parameters(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Returns kernel (inputs, units) and bias (units,)."""
        shape = (input_shape[0], self.units)
        return kernel_and_bias(self, shape, self.units, self.kernel_initializer)
