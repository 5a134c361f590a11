"""A layer's filters in pixels, as far as a sum can show what they look for."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis import expanded_weights, path_to, receptive_field
from ..vocabulary.layers import Conv2D, DepthwiseConv2D, Layer
from ..vocabulary.layers.naming import kernel_name
from .arrays import packed
from .cache import CACHE
from .refused import Refused
from .snapshot import KeptSnapshot

CAPTION = "linear approximation, ignores ReLU and pooling"
# Measured by the study, docs/science.md, on the second layers of four presets.
MEASURED = "; in trained presets it correlates with the true pre-activation at .50 to .94"
_LARGEST = 2**25  # numbers on the way to a filter's picture
_LARGEST_LAYER = 2**19  # numbers in the pictures of a layer: two megabytes

Path = Sequence[tuple[str, Layer]]
Weights = dict[str, NDArray[np.float32]]


def caption_of(path: Path) -> str:
    """Says how far the picture of the last layer's filters may be believed."""
    is_later = sum(isinstance(layer, Conv2D) for _, layer in path) > 1
    return CAPTION + (MEASURED if is_later else "")


def expanded_filter(
    path: Path, weights: Weights, layer: str, index: int, size: int
) -> dict[str, str] | None:
    """Gives one filter in pixels; None where a deep stack's picture would be too large to send."""
    if size**2 * _widest(path) > _LARGEST:
        return None
    name = kernel_name(layer)
    alone = {**weights, name: weights[name][..., index : index + 1]}
    with np.errstate(over="ignore", invalid="ignore"):
        return packed(expanded_weights(path, alone)[..., 0])


def expanded_layer(kept: KeptSnapshot, layer: str) -> dict[str, Any]:
    """Gives all filters of a layer, as they are and in pixels, as the answer tells them.

    Raises:
        Refused: the pictures would be too large to send.
    """
    return CACHE.get(("expanded", hash(kept), layer), lambda: _expand(kept, layer))


def _expand(kept: KeptSnapshot, layer: str) -> dict[str, Any]:
    weights, path = kept.weights(), _path(kept, layer)
    shape = kept.input_shape
    kernel = weights[kernel_name(layer)]
    size = receptive_field(path, shape).size
    numbers = size**2 * shape[2]
    if numbers * kernel.shape[3] > _LARGEST_LAYER or numbers * _widest(path) > _LARGEST:
        message = (
            f"{kernel.shape[3]} pictures of {size}×{size} pixels are too large to send at once; "
            "ask for one filter"
        )
        raise Refused(message, "layer", _LARGEST_LAYER)
    with np.errstate(over="ignore", invalid="ignore"):
        expanded = np.nan_to_num(expanded_weights(path, weights))
    return {
        "layer": layer,
        "kernel": packed(kernel),
        "expanded": packed(expanded),
        "caption": caption_of(path),
    }


def _path(kept: KeptSnapshot, layer: str) -> Path:
    try:
        path = path_to(kept.layers, layer)
    except ValueError:
        message = f"{layer} can't be drawn in pixels: it isn't a conv layer that sees places"
        raise Refused(message, "layer") from None
    missing = missing_on(path, kept.weights())
    if missing is not None:
        raise Refused(f"The weights of {missing} weren't sent at this step", "step")
    return path


def missing_on(path: Path, weights: Weights) -> str | None:
    """Returns the first layer on the path whose kernel isn't there, if there is one."""
    with_kernels = [name for name, layer in path if isinstance(layer, Conv2D | DepthwiseConv2D)]
    return next((name for name in with_kernels if kernel_name(name) not in weights), None)


def _widest(path: Path) -> int:
    return max(part.filters for _, part in path if isinstance(part, Conv2D))
