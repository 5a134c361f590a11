"""A run and one frame of its film, in the few bytes that a phone needs to show them."""

import json
import math
from typing import Any

from ..events import StoredArray, typed_array
from ..external.described import DEPTHWISE_KINDS
from ..store import RunRow
from ..store.snapshots import Frame
from ..verdicts import SHOWN_SMALL

MOST_BYTES = 40_000  # of weights: with them all that a phone gets at first stays below 60 kB
MOST_FILTERS = 256  # each has a tile
_UNITS = {"update": "step", "epoch": "epoch", "file": "file"}


def encode_shown_run(run: RunRow | None) -> str:
    """Encodes what a follower reads of a run; `null` where it is gone."""
    if run is None:
        return "null"
    names = ("id", "name", "status", "step", "total_steps", "layers")
    unit = _UNITS[run.described.step_unit]
    return json.dumps({name: getattr(run, name) for name in names} | {"unit": unit})


def encode_shown_frame(frame: Frame | None, layer: str, kind: str | None) -> str:
    """Encodes a layer's filters and what they are; `null` where there is no snapshot yet.

    Of a layer with more than `MOST_BYTES` of weights, or `MOST_FILTERS`, only the first are told;
    `filters` is how many there are. `kind` is the layer's, where it is known.
    """
    if frame is None:
        return "null"
    shape = frame.kernel.shape
    is_depthwise = kind in DEPTHWISE_KINDS
    whole = frame.kernel
    kernel = whole if is_depthwise else first_filters(whole, _with_room(whole))
    told: dict[str, Any] = {"step": frame.step, "layer": layer, "kind": kind}
    told["filters"] = math.prod(shape[-2:]) if is_depthwise else shape[-1]
    body = frame.body or {}
    told |= {name: body[name] for name in (*SHOWN_SMALL, "broken") if name in body}
    return json.dumps(told | {"kernel": typed_array(kernel)})


def first_filters(kernel: StoredArray, few: int) -> StoredArray:
    """Returns at most so many whole filters; they lie along the last axis."""
    count = kernel.shape[-1]
    if few >= count:
        return kernel
    row, kept = 4 * count, 4 * few
    starts = range(0, len(kernel.data), row)
    data = b"".join(kernel.data[start : start + kept] for start in starts)
    return kernel._replace(shape=(*kernel.shape[:-1], few), data=data)


def _with_room(kernel: StoredArray) -> int:
    """Counts the filters that there is room for."""
    return min(MOST_FILTERS, max(1, MOST_BYTES * kernel.shape[-1] // len(kernel.data)))
