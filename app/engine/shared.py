"""Memory that forked processes see together."""

import itertools
import math
import mmap
import weakref
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from ..vocabulary.layers import Shape

# Allocates an array of zeros: `np.zeros`, or `shared_zeros` where processes share the work.
Zeros = Callable[[Shape, DTypeLike], NDArray[Any]]
Bytes = NDArray[np.uint8]


class SharedPlace(NamedTuple):
    """Where in shared memory an array begins: the block's number, from 1 on, and bytes."""

    block: int
    offset: int


NOWHERE = SharedPlace(0, 0)

_numbers = itertools.count(1)
_blocks: "weakref.WeakValueDictionary[int, Bytes]" = weakref.WeakValueDictionary()
_number_of: dict[int, int] = {}  # by the id of a block that is there


def shared_zeros(shape: Shape, dtype: DTypeLike) -> NDArray[Any]:
    """Zeros that stay one array when this process forks, where others become two."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    block = np.frombuffer(mmap.mmap(-1, max(1, size)), np.uint8)
    number = next(_numbers)
    _blocks[number] = block
    _number_of[id(block)] = number
    weakref.finalize(block, _number_of.pop, id(block)).atexit = False
    return block[:size].view(dtype).reshape(shape)


def newest_block() -> int:
    """Return the highest number of a block: a process forked now has those up to it."""
    return max(_blocks, default=0)


def place_of(array: NDArray[Any]) -> SharedPlace:
    """Tell where an array lies in such memory; block 0 where it doesn't, or isn't in one piece."""
    block = array.base
    number = _number_of.get(id(block), 0)
    if not number or not array.flags.c_contiguous:
        return NOWHERE
    assert isinstance(block, np.ndarray)
    return SharedPlace(number, _address(array) - _address(block))


def array_at(place: SharedPlace, shape: Shape, dtype: DTypeLike) -> NDArray[Any]:
    """Return the array that lies there; KeyError if this process doesn't have the block."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    part = _blocks[place.block][place.offset : place.offset + size]
    return part.view(dtype).reshape(shape)


def _address(array: NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
