"""Which of a layer's maps feed which of the next weighted layer's, how much, and of which sign."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.layers import Conv2D, Dense, DepthwiseConv2D, Layer

Floats = NDArray[np.float32]
STRONGEST = 5


class Links(NamedTuple):
    """Slices of a kernel, one for each map before it and each after it.

    Attributes:
        length: float32 ndarray (before, after), each slice's Euclidean length.
        balance: the same shape, from −1 to 1: the slice's sum over the sum of its sizes. At 1 all
            of its weights add, at −1 all take away.
    """

    length: Floats
    balance: Floats


def links_of(layer: Layer, kernel: Floats, maps: int, factor: Floats | None = None) -> Links | None:
    """Returns how a weighted layer listens to the maps before it; None if it weighs none.

    Args:
        layer: the one that listens.
        kernel: its kernel, as its weights have it.
        maps: how many lie before it. A dense layer behind a Flatten has a slice of as many
            weights for each as a map has places.
        factor: float32 ndarray (maps,), by which a normalisation between multiplies each map.
    """
    if isinstance(layer, DepthwiseConv2D):
        return _of_own_channel(_slices(kernel, maps, factor))
    if isinstance(layer, Conv2D | Dense):
        slices = _slices(kernel, maps, factor)
        return Links(*_measured(slices))
    return None


def strongest(length: Floats, balance: Floats) -> Floats:
    """Returns each row's strongest links, the strongest first.

    Args:
        length, balance: (rows, others) of `Links`, or both transposed.

    Returns:
        float32 ndarray (rows, up to 5, 3): the other's index, length, balance.
    """
    most = min(STRONGEST, length.shape[1])
    order = np.argsort(-length, axis=1, kind="stable")[:, :most]
    told = [np.take_along_axis(values, order, axis=1) for values in (length, balance)]
    return np.stack([order, *told], axis=-1).astype(np.float32)


def _slices(kernel: Floats, maps: int, factor: Floats | None) -> Floats:
    """Reshapes to (weights of a slice, before, after); a Flatten lays channels innermost."""
    slices = kernel.reshape(-1, maps, kernel.shape[-1])
    return slices if factor is None else slices * factor[:, None]


def _measured(slices: Floats) -> tuple[Floats, Floats]:
    length = np.sqrt(np.einsum("sio,sio->io", slices, slices))
    sizes = np.zeros(slices.shape[1:], np.float32)
    for weights in slices:  # one by one, so that no second kernel lies in memory
        sizes += np.abs(weights)
    sums = slices.sum(axis=0)
    return length, np.divide(sums, sizes, out=np.zeros_like(sums), where=sizes > 0)


def _of_own_channel(slices: Floats) -> Links:
    """Spreads (weights, channels, multiplier): each output listens to one channel alone."""
    _, channels, multiplier = slices.shape
    spread = [np.zeros((channels, channels * multiplier), np.float32) for _ in range(2)]
    for into, values in zip(spread, _measured(slices), strict=True):
        for channel in range(channels):
            into[channel, channel * multiplier : (channel + 1) * multiplier] = values[channel]
    return Links(*spread)
