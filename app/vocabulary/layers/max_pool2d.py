"""MaxPool2D: the strongest answer within each window."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from .pool2d import Pool2D


@dataclass(frozen=True)
class MaxPool2D(Pool2D):
    """The largest value of each window; `strides` is `pool_size` unless said."""

    stem: ClassVar[str] = "max_pool"

    type: Literal["max_pool2d"] = field(default="max_pool2d", kw_only=True)
