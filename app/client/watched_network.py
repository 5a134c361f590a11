"""A network whose weights are taken when they are due, whatever framework trains it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple, Protocol

from ..vocabulary.snapshot_steps import next_snapshot_step
from .choosing import MOST_WHOLE, Choice, Sendable, choose

Shape = tuple[int, ...]
_STREAMED = (
    ("conv1d", "conv2d", "conv3d", "depthwise_conv1d", "depthwise_conv2d"),
    ("conv1d_transpose", "conv2d_transpose", "conv3d_transpose"),
    ("dense",),
)


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
    total_steps: int | None  # updates that there will be
    before_row: Callable[[int], object] | None  # called with a step before anything is told of it

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
        holds: keeps a snapshot back until the next update, since it may turn out to be the last,
            which holds more layers.

    Attributes:
        next_due: after how many updates weights are taken next.
        next_look: after how many there is anything to do: not before, `counted` does nothing.
    """

    def __init__(
        self,
        run: ToldRun,
        layers: Sequence[WatchedLayer],
        network: dict[str, Any] | None = None,
        named: Collection[str] = (),
        *,
        holds: bool = False,
    ) -> None:
        self._run, self._layers, self.network = run, layers, network
        self._sendable = [
            Sendable(index, layer.nbytes) for index, layer in enumerate(layers) if layer.shapes
        ]
        self._first = streamed_layer([layer.told for layer in layers])
        self._named = {i for i, layer in enumerate(layers) if layer.told["title"] in named}
        is_small = sum(layer.nbytes for layer in layers) <= 4 * MOST_WHOLE
        self._is_whole = is_small and network is not None
        self._holds = holds
        if holds:
            run.before_row = self.release_before
        self._held: tuple[int, dict[int, list[Taken]]] | None = None
        self._newest = -1
        self._chosen: tuple[Collection[int], bool, Choice] | None = None
        self._has_said_left_out = False
        self.next_due = self.next_look = 0

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the registration says of the layers."""
        return [layer.told for layer in self._layers]

    def counted(self) -> None:
        """Goes on behind an update, which the run has counted."""
        if self._held is not None:
            self._release()
        if self._run.count >= self.next_due:
            self.take()

    def release_before(self, step: int) -> None:
        """Lets go of a snapshot held back if what is told next is of a later step than it."""
        if self._held is not None and step > self._held[0]:
            self._release()

    def take(self, *, is_edge: bool = False) -> None:
        """Takes the snapshot of as many updates as were made; the same one never twice.

        Args:
            is_edge: that it is the first or the last, which hold all that there is room for.
        """
        step = self._run.count
        if step < self._newest or (step == self._newest and not (is_edge and self._held)):
            return
        is_edge = is_edge or self._is_whole or step == self._run.total_steps
        choice = self._choice(self._run.wanted, is_edge)
        taken = self._held[1] if self._held else {}
        for index in choice.taken:
            if index not in taken:
                taken[index] = self._copied(index)
        self._held = step, taken
        self._newest, self.next_due = step, next_snapshot_step(step)
        self.next_look = step + 1
        if is_edge or not self._holds:
            self._release()
        if choice.left_out and not self._has_said_left_out:
            self._say_left_out(choice.left_out)

    def _choice(self, wanted: Collection[int], is_edge: bool) -> Choice:
        """Chooses the layers of a snapshot, anew only when something else is asked for."""
        if self._chosen is None or self._chosen[:2] != (wanted, is_edge):
            all_wanted = {*wanted, *self._named}
            choice = choose(self._sendable, self._first, all_wanted, is_edge=is_edge)
            self._chosen = wanted, is_edge, choice
        return self._chosen[2]

    def _copied(self, index: int) -> list[Taken]:
        layer = self._layers[index]
        copies = layer.copies().items()
        return [Taken(index, name, layer.shapes[name], array) for name, array in copies]

    def _release(self) -> None:
        if self._held is not None:
            step, taken = self._held
            self._held, self.next_look = None, self.next_due
            self._run.snapshot(step, [array for index in sorted(taken) for array in taken[index]])

    def _say_left_out(self, left_out: tuple[int, ...]) -> None:
        self._has_said_left_out = True
        titles = [self._layers[index].told["title"] for index in left_out]
        shown = ", ".join(titles[:3]) + ("…" if len(titles) > 3 else "")
        self._run.say(f"snapshots are cut at 4 MiB, so layers are left out of some: {shown}")


def streamed_layer(told: Sequence[dict[str, Any]]) -> int:
    """Finds the layer that every snapshot holds: the first convolution.

    A transposed one only where there is no other, a dense one where there is none at all; -1 where
    no layer has a kernel.

    >>> streamed_layer([{"kind": kind} for kind in ("dense", "conv2d_transpose", "conv2d")])
    2
    """
    for accepted in _STREAMED:
        for index, layer in enumerate(told):
            if layer["kind"] in accepted:
                return index
    return -1
