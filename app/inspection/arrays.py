"""Arrays on their way in and out: stored bytes, typed arrays, nested lists."""

import base64
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..events import StoredArray, typed_array
from .refused import Refused

LARGEST = 1e9  # of a number that is accepted: sums of products of such stay finite
_SHAPE = re.compile(r"\d{1,5}(, ?\d{1,5}){0,3}", re.ASCII)
_DTYPES: dict[str, np.dtype[Any]] = {
    "u1": np.dtype("u1"),
    "f4": np.dtype("<f4"),
    "f8": np.dtype("<f8"),
}


def unpacked(arrays: Iterable[StoredArray]) -> dict[str, NDArray[np.float32]]:
    """Unpacks a snapshot's arrays by name, float32, not to be written to."""
    return {array.name: np.frombuffer(array.data, "<f4").reshape(array.shape) for array in arrays}


def packed(array: NDArray[Any]) -> dict[str, str]:
    """Packs a uint8 or floating array as a typed array, `u1` or `f4`."""
    dtype = "u1" if array.dtype == np.uint8 else "f4"
    data = array.astype(_DTYPES[dtype], copy=False).tobytes()
    return typed_array(StoredArray("", array.shape, data)) | {"dtype": dtype}


def numbers_of(given: Any, field: str) -> NDArray[np.float64]:
    """Returns nested lists of numbers, or a typed array, as a float64 ndarray.

    Raises:
        Refused: it is neither, its lists are of unequal length, or a number is not finite or
            beyond a thousand million.
    """
    array = _from_typed(given, field) if isinstance(given, dict) else _from_lists(given, field)
    if array.size == 0:
        raise Refused(f"{field} holds no numbers", field)
    if not np.isfinite(array).all() or np.abs(array).max() > LARGEST:
        raise Refused(f"{field} may hold finite numbers up to {LARGEST:g} only", field, LARGEST)
    return array


def _from_lists(given: Any, field: str) -> NDArray[np.float64]:
    try:
        array = np.array(given)
    except ValueError:
        raise Refused(f"the lists of {field} are of unequal length", field) from None
    if not isinstance(given, list) or array.dtype.kind not in "iuf":
        raise Refused(f"{field} must be nested lists of numbers, or a typed array", field)
    return array.astype(np.float64)


def _from_typed(given: dict[str, Any], field: str) -> NDArray[np.float64]:
    dtype, shape, text = (given.get(key) for key in ("dtype", "shape", "bdata"))
    if not (isinstance(dtype, str) and isinstance(shape, str) and isinstance(text, str)):
        raise Refused(f"{field} needs dtype, shape and bdata, each of them text", field)
    if dtype not in _DTYPES:
        raise Refused(f"{field} has the dtype {dtype[:20]!r}; possible are u1, f4, f8", field)
    if not _SHAPE.fullmatch(shape):
        raise Refused(f'the shape of {field} must be one to four lengths, as in "28, 28, 1"', field)
    lengths = [int(length) for length in shape.split(",")]
    data = bytes_of(text, field)
    expected = math.prod(lengths) * _DTYPES[dtype].itemsize
    if len(data) != expected:
        raise Refused(f"{field} holds {len(data)} bytes; its shape needs {expected}", field)
    return np.frombuffer(data, _DTYPES[dtype]).reshape(lengths).astype(np.float64)


def bytes_of(text: str, field: str) -> bytes:
    """Returns what base64 text stands for; Refused if it isn't base64."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused(f"{field} isn't base64", field) from None
