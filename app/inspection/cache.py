"""What was read or worked out last, kept for the next question while it takes little memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np

LIMIT_BYTES = 192 * 1024**2  # all weights of the largest recipe, and their gradients

_Result = TypeVar("_Result")


class Cache:
    """Keeps results up to so many bytes together; those asked for longest ago give way.

    Args:
        limit_bytes: what the arrays in it may weigh; a result that is larger isn't kept.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.bytes = 0
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Result]) -> _Result:
        """Returns the result kept under `key`, or else what `make` returns now."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return cast(_Result, self._kept[key][0])
        result = make()
        size = size_of(result)
        if size <= self._limit_bytes:
            self._kept[key] = result, size
            self.bytes += size
        while self.bytes > self._limit_bytes:
            _, (_, freed) = self._kept.popitem(last=False)
            self.bytes -= freed
        return result

    def clear(self) -> None:
        """Forgets everything."""
        self._kept.clear()
        self.bytes = 0


def size_of(value: object) -> int:
    """Estimates how many bytes a result takes: those of its arrays, and some for everything
    else.
    """
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(map(size_of, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(size_of, value))
    if is_dataclass(value):
        return sum(size_of(getattr(value, field.name)) for field in fields(value))
    return 64


CACHE = Cache(LIMIT_BYTES)
