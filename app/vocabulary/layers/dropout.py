"""Dropout: random inputs are zeroed in training, so that none is relied upon alone."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Interval

from .layer import Layer, Shape, Window


@dataclass(frozen=True)
class Dropout(Layer):
    """Zeroes a random share of its inputs while training."""

    stem: ClassVar[str] = "dropout"
    is_random: ClassVar[bool] = True

    type: Literal["dropout"] = field(default="dropout", kw_only=True)
    rate: Annotated[float, Interval(ge=0, lt=1)]

    @property
    def window(self) -> Window:
        """One number."""
        return Window(1, 1, "valid")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Returns the input's shape."""
        return input_shape
