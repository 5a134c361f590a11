"""What scripts send, made up: a network that learns, as the items of a watched run."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.events import EncodedEvent
from app.external.described import Described, DescribedLayer
from app.telling.watched import ToldBatch, tell

Kernels = NDArray[np.float32]
Sent = tuple[dict[str, Any], bytes]
SHAPES: dict[str, tuple[int, ...]] = {
    "conv2d": (5, 5, 3, 8),
    "conv1d": (5, 4, 6),
    "conv3d": (3, 3, 3, 1, 4),
    "conv2d_transpose": (4, 4, 2, 6),
    "depthwise_conv2d": (3, 3, 6, 2),
    "dense": (12, 5),
}


def described(*kinds: str, **changes: Any) -> Described:
    """A run with a layer of each of those kinds."""
    layers = tuple(
        DescribedLayer(
            name=f"{kind.removesuffix('2d').replace('1d', '').replace('3d', '')}{at + 1}",
            title=f"block.{at}",
            kind=kind,
            shape=SHAPES[kind],
        )
        for at, kind in enumerate(kinds)
    )
    run = Described(name="Mine", source="watched", framework="PyTorch 2.9", layers=layers)
    return run.model_copy(update=changes)


def snapshot(step: int, *kernels: Kernels, bias: Kernels | None = None) -> Sent:
    """A snapshot of layers 0, 1, … and of the first one's bias."""
    listed: list[Any] = [[at, "kernel", list(one.shape)] for at, one in enumerate(kernels)]
    arrays = list(kernels)
    if bias is not None:
        listed.insert(1, [0, "bias", list(bias.shape)])
        arrays.insert(1, bias)
    data = b"".join(array.astype("<f4").tobytes() for array in arrays)
    return {"kind": "snapshot", "step": step, "arrays": listed}, data


def steps(first: int, last: int, **values: Sequence[Any]) -> Sent:
    """The steps from one to another with what was logged of them."""
    return {"kind": "steps", "step": list(range(first, last + 1)), "values": values}, b""


def end(step: int, outcome: str = "finished", message: str | None = None) -> Sent:
    """The last word."""
    return {"kind": "end", "step": step, "outcome": outcome, "message": message}, b""


class Server:
    """Keeps what was told and the first kernels, as the store does."""

    def __init__(self, run: Described, cache_folder: Path) -> None:
        self.run, self.cache_folder = run, cache_folder
        self.state: dict[str, Any] | None = None
        self.events: list[EncodedEvent] = []

    def first(self, name: str) -> Kernels | None:
        """The array of that name in the first snapshot on record that has one."""
        found = (array for event in self.events for array in event.arrays if array.name == name)
        array = next(found, None)
        return None if array is None else np.frombuffer(array.data, "<f4").reshape(array.shape)

    def take(self, *sent: Sent, **settings: Any) -> ToldBatch:
        """Tells a batch."""
        items, blob = [item for item, _ in sent], b"".join(data for _, data in sent)
        cache = self.cache_folder
        told = tell(
            self.run, self.state, items, blob, first=self.first, cache_folder=cache, **settings
        )
        self.state = told.state
        self.events += told.events
        return told
