"""What works on each map of a conv layer by itself, up to where all are read together."""

from collections.abc import Sequence

from .batch_normalization import BatchNormalization
from .dropout import Dropout
from .global_average_pool2d import GlobalAveragePool2D
from .layer import Layer
from .pool2d import Pool2D

_CHANNEL_BY_CHANNEL = (BatchNormalization, Dropout, GlobalAveragePool2D, Pool2D)


def read_maps(layers: Sequence[tuple[str, Layer]], layer: str) -> list[str]:
    """Names `layer` and what works on each of its maps by itself, up to where maps are read."""
    start = [name for name, _ in layers].index(layer)
    end = start + 1
    while end < len(layers) and isinstance(layers[end][1], _CHANNEL_BY_CHANNEL):
        end += 1
    return [name for name, _ in layers[start:end]]
