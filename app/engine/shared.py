"""Memory that forked processes see together."""

import math
import mmap
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from ..vocabulary.layers import Shape

# Allocates an array of zeros: `np.zeros`, or `shared_zeros` where processes share the work.
Zeros = Callable[[Shape, DTypeLike], NDArray[Any]]


def shared_zeros(shape: Shape, dtype: DTypeLike) -> NDArray[Any]:
    """Zeros that stay one array when this process forks, where others become two."""
    size = math.prod(shape)
    memory = mmap.mmap(-1, max(1, size * np.dtype(dtype).itemsize))
    return np.frombuffer(memory, dtype, size).reshape(shape)
