"""Datatypes and dataspaces: what an array's or attribute's bytes are, and how many."""

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from ..cursor import Cursor, damaged

# Exponent's and mantissa's bits of the numbers that weights are kept as.
_FLOATS: Final = {(2, 5, 10): "f2", (2, 8, 7): "bfloat16", (4, 8, 23): "f4", (8, 11, 52): "f8"}
_MOST_AXES: Final = 32


@dataclass(frozen=True)
class Datatype:
    """What each entry is.

    Attributes:
        kind: a `number`, a `text` of fixed length, a `reference` to text that lies elsewhere,
            `opaque` bytes, or something `other`.
        size: of an entry, in bytes.
        number: NumPy's name of it, or `bfloat16`; None if it is none.
    """

    kind: Literal["number", "text", "reference", "opaque", "other"]
    size: int
    number: str | None = None


def datatype_of(data: bytes) -> Datatype:
    """Reads a datatype message."""
    head = Cursor(data, "a datatype")
    kind = head.number(1) & 15
    bits, size = head.number(3), head.number(4)
    order = ">" if bits & 1 else "<"
    if kind == 0 and size in (1, 2, 4, 8):
        return Datatype("number", size, f"{order}{'i' if bits & 8 else 'u'}{size}")
    if kind == 1:
        return Datatype("number", size, _float_of(head, size, order, bits))
    if kind == 3:
        return Datatype("text", size)
    if kind == 5:
        return Datatype("opaque", size)
    if kind == 9 and bits & 15 == 1:
        return Datatype("reference", 16)
    return Datatype("other", size)


def _float_of(head: Cursor, size: int, order: str, bits: int) -> str | None:
    offset, precision = head.number(2), head.number(2)
    head.take(1)
    exponent = head.number(1)
    head.take(1)
    name = _FLOATS.get((size, exponent, head.number(1)))
    if offset or precision != 8 * size or bits & 0x40 or name is None:
        return None
    return order + name if name != "bfloat16" or order == ">" else name


def shape_of(data: bytes) -> tuple[int, ...] | None:
    """Reads a dataspace message; None if it holds nothing at all."""
    head = Cursor(data, "a dataspace")
    version, axes = head.number(1), head.number(1)
    if version not in (1, 2) or axes > _MOST_AXES:
        raise damaged(f"a dataspace of version {version} with {axes} axes")
    head.take(1)
    is_empty = head.number(1) == 2 and version == 2
    head.take(4 if version == 1 else 0)
    return None if is_empty else tuple(head.number(8) for _ in range(axes))


def array_of(data: bytes, number: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Makes an array of bytes that are just as many as its shape needs; bfloat16 as float32."""
    if number == "bfloat16":
        halves = np.frombuffer(data, "<u2").astype("<u4")
        return (halves << 16).view("<f4").reshape(shape)
    return np.frombuffer(data, number).reshape(shape)


def entries_in(shape: tuple[int, ...]) -> int:
    """Counts the entries of an array of that shape."""
    return math.prod(shape)
