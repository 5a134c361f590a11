"""Which layers of a network a frame keeps, and their weights as they lie in a recording."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..external.described import Described
from ..external.registration import MOST_LAYERS, RegisteredLayer, Registration
from ..reading.contents import Contents, FoundLayer, WeightsUnreadable
from .unreadable import said

Arrays = list[tuple[int, str, tuple[int, ...]]]  # layer, weight, shape, as a snapshot lists them
_KERNEL, _BIAS = "kernel", "bias"


@dataclass
class KeptFrame:
    """What a frame keeps of a file.

    Attributes:
        arrays: what lies in `pieces`, in order.
        pieces: little-endian float32.
        left_out: titles of the layers that had no room, or that couldn't be read.
    """

    arrays: Arrays = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """How much it keeps."""
        return sum(map(len, self.pieces))


def registered_layers(contents: Contents) -> tuple[RegisteredLayer, ...]:
    """Returns a network's layers as a training program would register them, as far as they fit."""
    return tuple(layer.described for layer in contents.layers[:MOST_LAYERS])


def kept_frame(contents: Contents, room_bytes: int) -> KeptFrame:
    """Reads the layers that a frame keeps: the one that is shown first, then as many as fit.

    Raises:
        WeightsUnreadable: there is no layer with filters, or the first has no room or is damaged.
    """
    kept = KeptFrame()
    for number, place in enumerate(_order(contents)):
        layer = contents.layers[place]
        title = layer.described.title or layer.described.kind
        if kept.bytes + _bytes_of(layer) > room_bytes:
            if not number:
                message = f"{title}, its first layer, has more weights than a frame keeps"
                raise WeightsUnreadable(message)
            kept.left_out.append(title)
            continue
        try:
            _keep(kept, place, layer)
        except WeightsUnreadable as why:
            if not number:
                raise
            kept.left_out.append(f"{title} ({why})")
    if not kept.arrays:
        raise WeightsUnreadable("it holds no layer with weights; save the whole network")
    return kept


def _order(contents: Contents) -> list[int]:
    """Gives the places of layers with a kernel: those with filters first, as they are shown."""
    described = _described(contents)
    places = {layer.name: place for place, layer in enumerate(described.layers)}
    first = [places[name] for name in described.conv_layers]
    rest = [place for place, layer in enumerate(described.layers) if layer.shape is not None]
    return list(dict.fromkeys((*first, *rest)))


def _described(contents: Contents) -> Described:
    layers = registered_layers(contents)
    if not layers:
        raise WeightsUnreadable("it holds no layer with weights; save the whole network")
    return Registration(name="file", client="0" * 16, layers=layers, source="opened").described()


def _keep(kept: KeptFrame, place: int, layer: FoundLayer) -> None:
    kernel = said(lambda: _numbers(layer.kernel))
    if kernel.shape != layer.shape:
        raise WeightsUnreadable(f"its weights have the shape {kernel.shape}, not {layer.shape}")
    bias = None if layer.bias is None else said(lambda: _numbers(layer.bias))
    kept.arrays.append((place, _KERNEL, kernel.shape))
    kept.pieces.append(kernel.tobytes())
    if bias is not None and bias.size:
        kept.arrays.append((place, _BIAS, bias.reshape(-1).shape))
        kept.pieces.append(bias.tobytes())


def _numbers(read: Callable[[], NDArray[np.float32]] | None) -> NDArray[np.float32]:
    if read is None:
        raise WeightsUnreadable("there is nothing to read")
    return np.ascontiguousarray(read(), "<f4")


def _bytes_of(layer: FoundLayer) -> int:
    entries = 1
    for side in layer.shape:
        entries *= side
    return 4 * (entries + layer.shape[-1])
