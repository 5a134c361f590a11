"""A checkpoint: all that the rest of a run depends on besides its recipe, as one run of bytes.

It is an `.npz` archive without pickled objects: the arrays, and everything else as JSON.
"""

import io
import json
import zipfile
from typing import Any, NamedTuple

import numpy as np

from app.engine.arrays import Array

_VALUES = "values.json"


class State(NamedTuple):
    """What a training is made of at one step: `values` as JSON has them, and arrays by name."""

    values: dict[str, Any]
    arrays: dict[str, Array]


class Unreadable(ValueError):
    """These bytes are no checkpoint, or not of this training."""


def pack(state: State) -> bytes:
    """The state as bytes; its arrays are copied."""
    content = io.BytesIO()
    values = np.frombuffer(json.dumps(state.values, allow_nan=False).encode(), np.uint8)
    np.savez(content, allow_pickle=False, **{_VALUES: values}, **state.arrays)
    return content.getvalue()


def unpack(blob: bytes) -> State:
    """What was packed. Raises Unreadable."""
    try:
        with np.load(io.BytesIO(blob), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        return State(json.loads(arrays.pop(_VALUES).tobytes()), arrays)
    except (ValueError, KeyError, EOFError, OSError, zipfile.BadZipFile) as problem:
        raise Unreadable(f"a checkpoint can't be read: {problem}") from problem
