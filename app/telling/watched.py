"""A run that a script trains elsewhere, told of as one of ours: its items in, events out.

What is told follows from the items and from frame 0 alone, however they are cut into batches and
wherever the process was begun anew between two of them: all else that counts is in a state that
JSON can hold, and stands beside the events.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import events
from ..events import EncodedEvent, encode
from ..external.described import Described
from ..vocabulary.layers.naming import weight_name
from . import watched_curves
from .alerts import loss_is_no_number
from .watched_frames import FirstKernel, WatchedFrames
from .watched_start import run_started

Item = Mapping[str, Any]
State = dict[str, Any]

_FAILED_ADVICE = "What the script itself wrote says more; everything up to here is kept."


class ToldBatch(NamedTuple):
    """The events of a batch, in order, and the state to tell the next one with."""

    events: list[EncodedEvent]
    state: State


def tell(
    described: Described,
    state: State | None,
    items: Sequence[Item],
    blob: bytes | memoryview,
    *,
    first: FirstKernel,
    cache_folder: Path,
    total_steps: int | None = None,
    attempt: int = 1,
    left_out: int = 0,
) -> ToldBatch:
    """Tells what a batch of a watched run holds.

    Args:
        described: what the run is known by.
        state: what came with the batch before; None for the first, which begins the run.
        items: as the script sent them: steps, snapshots, evaluations, the end.
        blob: the snapshots' arrays, little-endian float32, back to back in the items' order.
        first: gives a kernel by its full name ("conv1/kernel") as the first snapshot on record has
            it, in Keras's order; None where it has none.
        cache_folder: where the null tables of the edge metric are kept.
        total_steps: None where the run's end is open.
        attempt: of a later one, what was told before isn't told again.
        left_out: how many snapshots the script had no room for so far.

    Raises:
        ValueError: an item isn't what a script may send; nothing of the batch counts then.
    """
    told: list[EncodedEvent] = []
    if state is None:
        state = _beginning()
        told.append(encode(run_started(described, total_steps), 0))
    batch = _Batch(described, state, WatchedFrames(described, state["frames"], first, cache_folder))
    batch.begin(attempt)
    for item, arrays in _with_arrays(described, items, blob):
        told += batch.tell(item, arrays)
    told += batch.left_out(left_out)
    return ToldBatch(told, batch.state())


def _beginning() -> State:
    return {
        "attempt": 1,
        "step": 0,
        "left_out": 0,
        "loss": None,
        "loss_broke": False,
        "told": {"steps": -1, "snapshot": -1, "evaluated": -1},
        "again": {"steps": -1, "snapshot": -1, "evaluated": -1},
        "frames": None,
    }


class _Batch:
    """Tells items one by one. `again` says up to which step what a later attempt sends is known."""

    def __init__(self, described: Described, state: State, frames: WatchedFrames) -> None:
        self._described = described
        self._state = {**state, "told": dict(state["told"]), "again": dict(state["again"])}
        self._frames = frames
        self._tellers = {
            "steps": self._steps,
            "snapshot": self._snapshot,
            "evaluated": self._evaluated,
            "end": self._end,
        }

    def begin(self, attempt: int) -> None:
        """Notes which attempt the items are of."""
        if attempt > self._state["attempt"]:
            self._state |= {"attempt": attempt, "again": dict(self._state["told"])}

    def tell(self, item: Item, arrays: dict[str, NDArray[np.float32]]) -> list[EncodedEvent]:
        """Tells one item."""
        kind = item["kind"]
        if kind not in self._tellers:
            raise ValueError(f"an item is of kind {kind!r}; choose one of {', '.join(_KINDS)}")
        return self._tellers[kind](item, arrays)

    def left_out(self, count: int) -> list[EncodedEvent]:
        """Tells of snapshots that the script has left out since the last time."""
        if count <= self._state["left_out"]:
            return []
        self._state["left_out"], step = count, self._state["step"]
        return [encode(events.LeftOut(step=step, snapshots=count), step)]

    def state(self) -> State:
        """Returns the state that the next batch is told with."""
        return self._state | {"frames": self._frames.state()}

    def _steps(self, item: Item, _arrays: object) -> list[EncodedEvent]:
        curves = watched_curves.told(item, self._state["again"]["steps"])
        if curves is None:
            return []
        self._note("steps", curves.step)
        if curves.loss is not None:
            self._state["loss"] = curves.loss
        if curves.broken is None or self._state["loss_broke"]:
            return curves.events
        self._state["loss_broke"] = True
        return [*curves.events, encode(loss_is_no_number(curves.broken), curves.step)]

    def _snapshot(self, item: Item, arrays: dict[str, NDArray[np.float32]]) -> list[EncodedEvent]:
        step = int(item["step"])
        if step <= self._state["again"]["snapshot"]:
            return []
        self._note("snapshot", step)
        return self._frames.tell(step, arrays, self._state["loss"])

    def _evaluated(self, item: Item, _arrays: object) -> list[EncodedEvent]:
        step = int(item["step"])
        evaluated = watched_curves.evaluated(item)
        if step <= self._state["again"]["evaluated"] or evaluated is None:
            return []
        self._note("evaluated", step)
        return [encode(evaluated, step)]

    def _end(self, item: Item, _arrays: object) -> list[EncodedEvent]:
        step = max(int(item["step"]), self._state["step"])
        self._state["step"] = step
        if item["outcome"] == "finished":
            return [encode(events.RunFinished(step=step), step)]
        if item["outcome"] == "stopped":
            return [encode(events.RunStopped(step=step), step)]
        failed = events.RunFailed(
            step=step,
            code="script_failed",
            message=item.get("message") or "The script ended with an error.",
            advice=_FAILED_ADVICE,
        )
        return [encode(failed, step)]

    def _note(self, kind: str, step: int) -> None:
        self._state["told"][kind] = max(step, self._state["told"][kind])
        self._state["step"] = max(step, self._state["step"])


_KINDS = ("steps", "snapshot", "evaluated", "end")
_Read = tuple[Item, dict[str, NDArray[np.float32]]]


def _with_arrays(
    described: Described, items: Sequence[Item], blob: bytes | memoryview
) -> list[_Read]:
    """Gives each item its arrays by their full names."""
    numbers, start, read = np.frombuffer(blob, "<f4"), 0, []
    shapes = [shape for item in items for _, _, shape in item.get("arrays", ())]
    if (size := sum(map(math.prod, shapes))) != numbers.size:
        raise ValueError(f"the items' arrays hold {size:,} numbers; {numbers.size:,} came")
    for item in items:
        arrays: dict[str, NDArray[np.float32]] = {}
        for index, weight, shape in item.get("arrays", ()):
            end = start + math.prod(shape)
            name = weight_name(_name(described, index), weight)
            arrays[name] = numbers[start:end].reshape(shape)
            start = end
        read.append((item, arrays))
    return read


def _name(described: Described, index: int) -> str:
    if not 0 <= index < len(described.layers):
        raise ValueError(f"there is no layer {index}; the run has {len(described.layers)}")
    return described.layers[index].name
