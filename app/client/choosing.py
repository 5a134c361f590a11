"""Which layers a snapshot holds: the first convolution always, others while there is room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

MOST_BYTES = 4 * 2**20  # of one snapshot
MOST_OF_ONE_LAYER = 7 * 2**20  # what a frame of 8 MiB surely takes
MOST_WHOLE = 100_000  # parameters of a network that is sent whole


class Sendable(NamedTuple):
    """A layer that could be sent: its place in the registration, and what it would take."""

    place: int
    nbytes: int


class Choice(NamedTuple):
    """Indices of the layers that a snapshot holds, in order, and of those without room."""

    taken: tuple[int, ...]
    left_out: tuple[int, ...]


def choose(
    layers: Sequence[Sendable],
    first: int,
    wanted: Collection[int] = (),
    *,
    is_edge: bool = False,
) -> Choice:
    """Chooses the layers of one snapshot.

    Args:
        layers: all that have a kernel, in order.
        first: index of the layer that every snapshot holds, the first convolution.
        wanted: those that somebody looks at, or that the script named.
        is_edge: at the first and the last snapshot all are sent that there is room for.

    >>> choose([Sendable(0, 100), Sendable(2, 3_000_000), Sendable(3, 3_000_000)], 0, {3})
    Choice(taken=(0, 3), left_out=())
    >>> choose([Sendable(0, 100), Sendable(2, 3_000_000), Sendable(3, 3_000_000)], 0, is_edge=True)
    Choice(taken=(0, 2), left_out=(3,))
    """
    taken, left_out, room = [], [], MOST_BYTES
    for layer in sorted(layers, key=lambda layer: (layer.place != first, layer.place)):
        is_first = layer.place == first
        if not (is_first or is_edge or layer.place in wanted):
            continue
        if layer.nbytes > (MOST_OF_ONE_LAYER if is_first else room):
            left_out.append(layer.place)
            continue
        taken.append(layer.place)
        room -= layer.nbytes
    return Choice(tuple(sorted(taken)), tuple(sorted(left_out)))
