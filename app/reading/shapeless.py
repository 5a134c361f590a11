"""Stand-ins for weights that a layer of a known network hasn't."""

from collections.abc import Callable
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray


def no_kernel() -> NoReturn:
    """Stands for the kernel of a layer that has none: there is nothing to be read."""
    raise ValueError("this layer has no kernel")


def zeros(length: int) -> Callable[[], NDArray[np.float32]]:
    """Returns what gives a bias of zeros, for a layer of ours always has one."""
    return lambda: np.zeros(length, np.float32)
