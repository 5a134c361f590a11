"""The types that engine signatures speak."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# float32 in every run; float64 in the gradient checker.
Array = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]
DType = type[np.float32] | type[np.float64]
