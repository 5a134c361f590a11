"""Chooses by shape which algorithm computes a convolution, and how many images at a time."""

import math

import numpy as np

from ..arrays import DType
from .blocked import Blocked
from .compiled import Compiled, compiles
from .convolution import Convolution, bytes_of_patches
from .geometry import Geometry
from .patches import Patches
from .planes import Planes
from .side_by_side import SideBySide
from .tiles import ANSWERED, grid
from .winograd import Winograd

# Up to here a shard's patches are kept from forward to backward; beyond it, gathering them anew
# in blocks that stay in a core's second-level cache costs less.
_KEPT_BYTES = 16 << 20
_BLOCK_BYTES = 3 << 20

# Below, Winograd's many small steps cost more than the multiplications they save.
_LEAST_CHANNELS, _LEAST_PAIRS, _LEAST_TILES = 8, 128, 64
# Below, or behind a pooling, it costs more than a compiled kernel.
_LEAST_PAIRS_BESIDE_COMPILED = 4096


def choose(geometry: Geometry, images: int, dtype: DType = np.float32) -> type[Convolution]:
    """Choose the fastest algorithm known for a geometry: the first row of the table that fits.

    | shape | algorithm | why |
    |---|---|---|
    | float32, where kernels were compiled; but see below | Compiled | copies no windows |
    | 3×3, strides 1, channels · filters ≥ 128, tiles ≥ 64 | Winograd | a quarter of the work |
    | pools | SideBySide | compares answers in long rows, gathers less |
    | 5×5 or larger, 8 channels or more | SideBySide | leads gradients back without a gather |
    | one channel, strides 1 | Planes | rows of a window are too short to copy one by one |
    | any other | Patches | never far from the best |

    Beside compiled kernels Winograd takes what doesn't pool, and only channels · filters ≥ 4096.
    """
    size, strides = geometry.kernel_size, geometry.strides
    winograd = (size, strides) == (3, 1) and _repays_winograd(geometry, images)
    pairs = geometry.channels * geometry.filters
    if compiles(geometry, dtype):
        winograd = winograd and geometry.pool == 1 and pairs >= _LEAST_PAIRS_BESIDE_COMPILED
        return Winograd if winograd else Compiled
    if winograd:
        return Winograd
    if geometry.pool == 2 or (size >= 5 and geometry.channels >= 8):
        return SideBySide
    if geometry.channels == 1 and strides == 1:
        return Planes
    return Patches


def convolution_for(geometry: Geometry, images: int, dtype: DType) -> Convolution:
    """Build the chosen algorithm with memory for so many images, in blocks if they'd leave the
    cache.
    """
    algorithm = choose(geometry, images, dtype)
    if not issubclass(algorithm, Patches):  # they see to that themselves
        return algorithm(geometry, images, dtype)
    bytes_per_image = bytes_of_patches(geometry, dtype)
    if images * bytes_per_image <= _KEPT_BYTES:
        return algorithm(geometry, images, dtype)
    fitting = max(1, _BLOCK_BYTES // bytes_per_image)
    block = max(size for size in range(1, images + 1) if images % size == 0 and size <= fitting)
    return Blocked(geometry, images, dtype, algorithm, block)


def _repays_winograd(geometry: Geometry, images: int) -> bool:
    tiles = math.prod(grid(geometry))
    answers = geometry.positions * geometry.pool**2
    return (
        min(geometry.channels, geometry.filters) >= _LEAST_CHANNELS
        and geometry.channels * geometry.filters >= _LEAST_PAIRS
        and images * tiles >= _LEAST_TILES
        and answers >= 0.75 * tiles * ANSWERED**2
    )
