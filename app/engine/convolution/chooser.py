"""Which algorithm computes which shape, and how many images at a time."""

import math

from app.engine.arrays import DType
from app.engine.convolution.blocked import Blocked
from app.engine.convolution.convolution import Convolution, bytes_of_patches
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.patches import Patches
from app.engine.convolution.planes import Planes
from app.engine.convolution.pooled_planes import PooledPlanes
from app.engine.convolution.tiles import ANSWERED, grid
from app.engine.convolution.winograd import Winograd

# Up to here a shard's patches are kept from forward to backward; beyond it, gathering them anew
# in blocks that stay in a core's second-level cache costs less.
_KEPT_BYTES = 16 << 20
_BLOCK_BYTES = 3 << 20

# Windows of more channels are long enough to be copied row by row.
_FEW_CHANNELS = 4
# Fewer images side by side make rows too short to copy.
_LEAST_SIDE_BY_SIDE = 16


# Below, Winograd's many small steps cost more than the multiplications they save.
_LEAST_CHANNELS, _LEAST_TILES = 16, 64


def choose(geometry: Geometry, images: int) -> type[Convolution]:
    """The fastest algorithm known for a geometry: the first row of the table that fits.

    | shape | algorithm | why |
    |---|---|---|
    | 3×3, strides 1, 16 channels and filters or more, 64 tiles | Winograd | a quarter of the work |
    | pools, 4 channels or fewer | PooledPlanes | rows of a window are too short, batches long |
    | one channel, strides 1 | Planes | rows of a window are too short to copy one by one |
    | any other | Patches | never far from the best |
    """
    size, strides = geometry.kernel_size, geometry.strides
    if (size, strides) == (3, 1) and _repays_winograd(geometry, images):
        return Winograd
    if geometry.pool == 2 and geometry.channels <= _FEW_CHANNELS:
        return PooledPlanes
    if geometry.channels == 1 and strides == 1:
        return Planes
    return Patches


def convolution_for(geometry: Geometry, images: int, dtype: DType) -> Convolution:
    """The chosen algorithm with memory for so many images, in blocks if they'd leave the cache."""
    algorithm = choose(geometry, images)
    if algorithm is Winograd:
        return Winograd(geometry, images, dtype)
    bytes_per_image = bytes_of_patches(geometry, dtype)
    if images * bytes_per_image <= _KEPT_BYTES:
        return algorithm(geometry, images, dtype)
    least = _LEAST_SIDE_BY_SIDE if algorithm is PooledPlanes else 1
    fitting = max(least, _BLOCK_BYTES // bytes_per_image)
    block = max(size for size in range(1, images + 1) if images % size == 0 and size <= fitting)
    return Blocked(geometry, images, dtype, algorithm, block)


def _repays_winograd(geometry: Geometry, images: int) -> bool:
    tiles = math.prod(grid(geometry))
    answers = geometry.positions * geometry.pool**2
    return (
        min(geometry.channels, geometry.filters) >= _LEAST_CHANNELS
        and images * tiles >= _LEAST_TILES
        and answers >= 0.75 * tiles * ANSWERED**2
    )
