"""A network whose weights are taken when they are due, whatever framework trains it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple, Protocol

from ..vocabulary.snapshot_steps import next_snapshot_step
from .choosing import MOST_WHOLE, Sendable, choose

Shape = tuple[int, ...]
_CONVOLUTIONS = ("conv1d", "conv2d", "conv3d", "depthwise_conv2d")
_TRANSPOSED = ("conv1d_transpose", "conv2d_transpose", "conv3d_transpose")


class Taken(NamedTuple):
    """One array of a snapshot.

    Attributes:
        array: float32 in C order, or what the sender calls to get it.
    """

    layer: int
    name: str
    shape: Shape
    array: Any


class WatchedLayer(NamedTuple):
    """One layer of the network.

    Attributes:
        told: what the registration says of it.
        shapes: of its weights by name, axes in Keras's order.
        copies: copies the weights as they stand, by name; or gives what copies them later.
    """

    told: dict[str, Any]
    shapes: dict[str, Shape]
    copies: Callable[[], dict[str, Any]]

    @property
    def nbytes(self) -> int:
        """What its weights take as float32."""
        return 4 * sum(map(math.prod, self.shapes.values()))


class ToldRun(Protocol):
    """What the network needs of the run that it tells."""

    count: int  # updates made

    @property
    def wanted(self) -> Collection[int]:
        """Indices of layers that somebody looks at."""

    def snapshot(self, step: int, arrays: Sequence[Taken]) -> None:
        """Puts a snapshot in line to be sent."""

    def say(self, words: str) -> None:
        """Prints one line."""


class WatchedNetwork:
    """Decides which weights are taken when, and takes them.

    Args:
        network: as a recipe writes it, where the layers are one for one a recipe's; else None.
        named: titles of layers that every snapshot holds, as the script chose.
    """

    def __init__(
        self,
        run: ToldRun,
        layers: Sequence[WatchedLayer],
        network: dict[str, Any] | None = None,
        named: Collection[str] = (),
    ) -> None:
        self._run, self._layers, self.network = run, layers, network
        self._sendable = [
            Sendable(index, layer.nbytes) for index, layer in enumerate(layers) if layer.shapes
        ]
        self._first = first_convolution([layer.told["kind"] for layer in layers])
        self._named = {i for i, layer in enumerate(layers) if layer.told["title"] in named}
        self._is_whole = bool(network) and sum(layer.nbytes for layer in layers) <= 4 * MOST_WHOLE
        self._newest = -1
        self._left_out: tuple[int, ...] = ()
        self.next_due = 0

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the registration says of the layers."""
        return [layer.told for layer in self._layers]

    def take(self, *, is_edge: bool = False) -> None:
        """Takes the snapshot of as many updates as were made; the same one never twice."""
        step = self._run.count
        if step <= self._newest:
            return
        wanted = {*self._run.wanted, *self._named}
        choice = choose(self._sendable, self._first, wanted, is_edge=is_edge or self._is_whole)
        arrays = [
            Taken(index, name, self._layers[index].shapes[name], array)
            for index in choice.taken
            for name, array in self._layers[index].copies().items()
        ]
        self._run.snapshot(step, arrays)
        self._newest, self.next_due = step, next_snapshot_step(step)
        self._say_left_out(choice.left_out)

    def _say_left_out(self, left_out: tuple[int, ...]) -> None:
        if left_out and not self._left_out:
            self._left_out = left_out
            titles = [self._layers[index].told["title"] for index in left_out]
            shown = ", ".join(titles[:3]) + ("…" if len(titles) > 3 else "")
            self._run.say(f"snapshots are cut at 4 MiB, so layers are left out of some: {shown}")


def first_convolution(kinds: Sequence[str]) -> int:
    """Finds the first convolution, a transposed one only where there is no other; -1 for none.

    >>> first_convolution(["dense", "conv2d_transpose", "conv2d"])
    2
    """
    for accepted in (_CONVOLUTIONS, _TRANSPOSED):
        for index, kind in enumerate(kinds):
            if kind in accepted:
                return index
    return -1
