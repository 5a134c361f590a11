"""GlobalAveragePool2D: how strong each channel is, wherever it is."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from .layer import Layer, Shape, image_shape


@dataclass(frozen=True)
class GlobalAveragePool2D(Layer):
    """The mean of each channel over all positions."""

    stem: ClassVar[str] = "global_average_pool"

    type: Literal["global_average_pool2d"] = field(default="global_average_pool2d", kw_only=True)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns (channels,)."""
        return (image_shape(self, input_shape)[2],)
