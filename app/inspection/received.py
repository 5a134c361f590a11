"""Large bodies of questions, read where nobody else has to wait for it."""

from typing import Any

from ..events import StoredArray, typed_array
from ..strict_json import read_object
from .arrays import numbers_of
from .refused import Refused

_TYPED = ("dtype", "shape", "bdata")
_MOST_LENGTHS = 4
_LONGEST = 99_999


def large_object(data: bytes) -> dict[str, Any]:
    """Returns the JSON object that `data` is, its lists as typed arrays of 64 bits a number.

    These say the same and are cheap to pass on, however many numbers there are.

    Raises:
        JsonRefused: it is no such object.
        Refused: a list in it holds anything but numbers.
    """
    return {name: _compact(value, name) for name, value in read_object(data).items()}


def _compact(value: Any, name: str) -> Any:
    if not isinstance(value, list | dict):
        return value
    array = numbers_of(value, name)
    if isinstance(value, dict):
        return {part: value[part] for part in _TYPED}
    if array.ndim > _MOST_LENGTHS or max(array.shape) > _LONGEST:
        lengths = f"at most {_MOST_LENGTHS} lengths up to {_LONGEST:,}"
        raise Refused(f"{name} has the shape {array.shape}; possible are {lengths}", name)
    data = array.astype("<f8", copy=False).tobytes()
    return typed_array(StoredArray("", array.shape, data)) | {"dtype": "f8"}
