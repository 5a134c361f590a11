"""A network with some filters of one layer off, back to noise, or alone: a copy, to be tried."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..analysis.trunk import Trunk
from ..engine.assembly import fused, multiplications
from ..vocabulary.layers import Layer, Shape
from ..vocabulary.layers.maps import read_maps
from ..vocabulary.layers.naming import kernel_name, named
from .snapshot import KeptSnapshot
from .tried import AT_ONCE, check_whole, softmax_chances

How = Literal["off", "noise", "only"]
Floats = NDArray[np.float32]
Filters = tuple[int, ...]


class SwitchedNetwork:
    """A classifier cut open where the next layer reads the maps of one conv layer.

    That is behind its bias and its activation, and behind whatever works on each map by itself:
    pools and batch normalisations that directly follow. A filter is off where its map is 0 there.
    So neither its bias is left nor the constant that a normalisation would make of a map of zeros;
    what the next layer adds of its own, its bias, stays.

    Back to noise, it has its kernel of frame 0, and else all that was trained, bias and moving
    averages too. Alone, all other filters of the layer are off.

    Args:
        kept: a snapshot with all weights.
        layer: one of its conv layers.
        first_kernel: what its kernel was at frame 0, HWIO; None unless filters go back to noise.

    Raises:
        Refused: not all weights were kept.
    """

    def __init__(self, kept: KeptSnapshot, layer: str, first_kernel: Floats | None) -> None:
        check_whole(kept)
        weights, shape = kept.weights(), kept.input_shape
        self._before, self._after, read = _cut(named(kept.layers), layer, shape)
        self._shapes = shape, read
        self.filters = read[-1]
        self._maps = Trunk(fused(self._before), shape, weights, AT_ONCE)
        self._answers = Trunk(fused(self._after), read, weights, AT_ONCE)
        self._noise: Trunk | None = None
        if first_kernel is not None:
            noisy = {**weights, kernel_name(layer): first_kernel}
            self._noise = Trunk(fused(self._before), shape, noisy, AT_ONCE)

    def cost(self, switches: int) -> int:
        """Counts the multiplications for one picture that is tried with so many switches."""
        shape, read = self._shapes
        before = multiplications(self._before, shape) * (1 if self._noise is None else 2)
        return before + switches * multiplications(self._after, read)

    def said(self, images: Floats, switches: Sequence[Filters], how: How) -> NDArray[np.int64]:
        """Returns what is said of pictures, once for each set of filters that are switched.

        Args:
            images: (pictures, height, width, channels), as the network sees them.
            switches: the filters that are switched together, from 0; of none, the network stays
                as it is.
            how: what becomes of them.

        Returns:
            int64 (switches, pictures), the likeliest class; −1 where answers are no numbers.
        """
        found: list[Floats] = []
        for start in range(0, len(images), AT_ONCE):
            place = slice(start, start + AT_ONCE)
            maps = self._maps.answers(images[place])
            noise = None if self._noise is None else self._noise.answers(images[place])
            for chosen in switches:
                with _switched(maps, noise, list(chosen), how):
                    found.append(self._answers.answers(maps).copy())
        # All at once: on so few numbers the calls cost more than what they do.
        said = [
            _likeliest(np.concatenate(found[row :: len(switches)])) for row in range(len(switches))
        ]
        return np.stack(said)


@contextmanager
def _switched(maps: Floats, noise: Floats | None, chosen: list[int], how: How) -> Iterator[None]:
    """Switches filters in their maps, where they lie, and puts back what was there."""
    changed = changed_by(chosen, how, maps.shape[-1]) if chosen else []
    before = maps[..., changed]  # by a list of places: a copy
    maps[..., changed] = noise[..., changed] if how == "noise" and noise is not None else 0
    try:
        yield
    finally:
        maps[..., changed] = before


def _likeliest(logits: Floats) -> NDArray[np.int64]:
    likeliest = softmax_chances(logits).argmax(axis=1)
    return np.where(np.isfinite(logits).all(axis=1), likeliest, -1)


NamedLayers = list[tuple[str, Layer]]


def changed_by(chosen: Sequence[int], how: How, filters: int) -> list[int]:
    """Returns the filters whose maps change, of so many, where `chosen` are switched."""
    return sorted(set(range(filters)) - set(chosen)) if how == "only" else list(chosen)


def _cut(layers: NamedLayers, layer: str, shape: Shape) -> tuple[NamedLayers, NamedLayers, Shape]:
    """Gives the layers up to where maps of `layer` are read, those behind, and what is read."""
    end = [name for name, _ in layers].index(read_maps(layers, layer)[-1]) + 1
    for _, each in layers[:end]:
        shape = each.output_shape(shape)
    return layers[:end], layers[end:], shape
