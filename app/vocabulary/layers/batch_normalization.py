"""BatchNormalization: each channel brought to one mean and one spread, whatever came before."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval

from .layer import Layer, Shape, WeightSpec, Window


@dataclass(frozen=True)
class BatchNormalization(Layer):
    """Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.

    Once training is over, moving averages of both stand for the batch's; where it isn't
    `trainable` they do so always, and stay as they are.
    """

    stem: ClassVar[str] = "batch_normalization"
    is_kept: ClassVar[bool] = True
    needs_whole_batch: ClassVar[bool] = True

    type: Literal["batch_normalization"] = field(default="batch_normalization", kw_only=True)
    momentum: Annotated[float, Interval(ge=0, lt=1)] = 0.99
    epsilon: Annotated[float, Interval(ge=1e-7, le=1)] = 0.001
    center: bool = True
    scale: bool = True
    trainable: bool = True

    @property
    def window(self) -> Window:
        """One number."""
        return Window(1, 1, "valid")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns the input's shape."""
        return input_shape

    def parameters(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Returns gamma, if it scales, and beta, if it shifts: (channels,) each."""
        channels = input_shape[-1:]
        names = (("gamma", "ones", self.scale), ("beta", "zeros", self.center))
        return tuple(
            WeightSpec(name, channels, first, trainable=self.trainable)
            for name, first, is_there in names
            if is_there
        )

    def state(self, input_shape: Shape) -> tuple[WeightSpec, ...]:
        """Returns moving averages of each channel's mean and variance: (channels,) each."""
        channels = input_shape[-1:]
        return (
            WeightSpec("moving_mean", channels, "zeros"),
            WeightSpec("moving_variance", channels, "ones"),
        )
