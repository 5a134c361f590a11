"""One image's way through a copy of a network in which filters are switched."""

import numpy as np
from numpy.typing import NDArray

from ..analysis.walk import Walk, walk
from ..vocabulary.layers.maps import read_maps
from ..vocabulary.layers.naming import kernel_name, named
from .snapshot import KeptSnapshot
from .switched import Filters, How, changed_by

Floats = NDArray[np.float32]


def switched_walk(
    kept: KeptSnapshot,
    image: Floats,
    layer: str,
    filters: Filters,
    how: How,
    first_kernel: Floats | None,
) -> Walk:
    """Takes an image through the network as `SwitchedNetwork` does.

    Args:
        kept: the snapshot; nothing of the run is changed.
        image: float32 (height, width, channels), scaled as in training.
        layer: a conv layer of it.
        filters: of that layer, from 0.
        how: what becomes of them.
        first_kernel: what the layer's kernel was at frame 0, HWIO; None unless filters go back to
            noise.
    """
    weights, switched = kept.weights(), read_maps(named(kept.layers), layer)
    noisy = None
    if first_kernel is not None:
        noisy = walk(kept.layers, image, {**weights, kernel_name(layer): first_kernel})

    def change(name: str, maps: Floats) -> None:
        if name in switched:
            changed = changed_by(filters, how, maps.shape[-1])
            maps[..., changed] = 0 if noisy is None else noisy.outputs[name][..., changed]

    return walk(kept.layers, image, weights, change)
