"""A checkpoint: all that the rest of a run depends on besides its recipe, as one run of bytes.

A line that says what it is, a line of JSON (the values, and name, type and shape of each array),
then the arrays' bytes one after another: no pickled objects, and packed at the speed of memory.
"""

import json
import math
from typing import Any, NamedTuple

import numpy as np

from ..engine.arrays import Array
from ..past import CHECKPOINT_MAGIC


class State(NamedTuple):
    """What a training is made of at one step: `values` as JSON has them, and arrays by name."""

    values: dict[str, Any]
    arrays: dict[str, Array]


class Unreadable(ValueError):
    """These bytes are no checkpoint, or not of this training."""


def pack(state: State) -> bytes:
    """Packs the state as bytes; its arrays are copied."""
    arrays = state.arrays
    layout = [[name, array.dtype.str, array.shape] for name, array in arrays.items()]
    header = json.dumps({"values": state.values, "arrays": layout}, allow_nan=False)
    content = [array.tobytes() for array in arrays.values()]
    return b"".join([CHECKPOINT_MAGIC, b"\n", header.encode(), b"\n", *content])


def unpack(blob: bytes) -> State:
    """Unpacks what was packed; the arrays can't be written to. Raises Unreadable."""
    magic, _, rest = blob.partition(b"\n")
    if magic != CHECKPOINT_MAGIC:
        raise Unreadable("these bytes are no checkpoint of this version")
    try:
        length = rest.index(b"\n")
        header = json.loads(rest[:length])
        arrays, start = {}, len(magic) + 1 + length + 1
        for name, dtype, shape in header["arrays"]:
            count = math.prod(shape)
            flat = np.frombuffer(blob, np.dtype(dtype), count, start)
            arrays[name], start = flat.reshape(shape), start + flat.nbytes
    except (ValueError, KeyError, TypeError) as problem:
        raise Unreadable(f"a checkpoint can't be read: {problem}") from problem
    return State(header["values"], arrays)
