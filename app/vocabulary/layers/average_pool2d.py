"""AveragePool2D: the mean answer within each window."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from .pool2d import Pool2D


@dataclass(frozen=True)
class AveragePool2D(Pool2D):
    """The mean of each window; `strides` is `pool_size` unless said."""

    stem: ClassVar[str] = "average_pool"

    type: Literal["average_pool2d"] = field(default="average_pool2d", kw_only=True)
