"""Tensors of ONNX files: what they are, and reading their numbers from wherever they lie.

Numbers of fields and types are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .contents import MOST_KERNEL_BYTES, WeightsUnreadable
from .cursor import damaged
from .onnx_beside import bytes_beside
from .protobuf import EIGHT_BYTES, FOUR_BYTES, RANGE, VARINT, Wire, WireField, unpacked

_DIMS, _TYPE, _NAME, _RAW, _EXTERNAL, _LOCATION = 1, 2, 8, 9, 13, 14
_FLOATS, _INT32S, _INT64S, _DOUBLES, _UINT64S = 4, 5, 7, 10, 11
_BFLOAT16: Final = "bfloat16"
_NUMBERS: Final = {
    1: "<f4",
    2: "u1",
    3: "i1",
    4: "<u2",
    5: "<i2",
    6: "<i4",
    7: "<i8",
    9: "u1",
    10: "<f2",
    11: "<f8",
    12: "<u4",
    13: "<u8",
    16: _BFLOAT16,
}
_MOST_AXES: Final = 8
_MOST_PACKED_BYTES: Final = 4 * 1024**2
_LARGEST_SIDE: Final = 2**40


@dataclass(frozen=True)
class OnnxTensor:
    """One tensor; its numbers are fetched by `read` alone.

    Attributes:
        folder: where other files of the model lie; None where there is none.
        data: the fields that hold its numbers, by their number.
        beside: where in another file its numbers lie, if they do.
    """

    name: str
    shape: tuple[int, ...]
    type: int
    wire: Wire
    folder: Path | None
    data: dict[int, list[WireField]] = field(default_factory=dict)
    beside: dict[str, str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether its entries are whole numbers."""
        return _NUMBERS.get(self.type, "")[-2:-1] in ("i", "u")

    def read(self) -> NDArray[Any]:
        """Reads its numbers; bfloat16 as float32.

        Raises:
            WeightsUnreadable: they are of no kind that is known, too many, or damaged.
        """
        number = _NUMBERS.get(self.type)
        if number is None:
            raise WeightsUnreadable(
                f"the numbers of {self.name} are of ONNX's type {self.type}, which isn't read;"
                " save them as float32, float16, bfloat16 or int8"
            )
        size = 2 if number == _BFLOAT16 else np.dtype(number).itemsize
        wanted = math.prod(self.shape) * size
        if wanted > MOST_KERNEL_BYTES:
            raise WeightsUnreadable(
                f"{self.name} would take {wanted / 1024**2:,.0f} MiB, and at most"
                f" {MOST_KERNEL_BYTES // 1024**2} are read; it isn't looked at layer by layer"
            )
        raw = self.data.get(_RAW, [])
        if any(part.size != wanted for part in raw):
            raise damaged(f"{self.name} has raw data that doesn't fit its shape {self.shape}")
        is_packed = self.beside is None and not raw
        found = self._packed(number) if is_packed else self._bytes(wanted)
        if len(found) != wanted:
            raise damaged(f"{self.name} has {len(found):,} bytes where {wanted:,} are needed")
        if number == _BFLOAT16:
            halves = np.frombuffer(found, "<u2").astype("<u4")
            return (halves << 16).view("<f4").reshape(self.shape)
        return np.frombuffer(found, number).reshape(self.shape)

    def _bytes(self, wanted: int) -> bytes:
        if self.beside is not None:
            return bytes_beside(self.name, self.folder, self.beside, wanted)
        return self.wire.raw(self.data[_RAW][-1])

    def _packed(self, number: str) -> bytes:
        """Returns numbers that lie one by one in fields of their own, as they would lie raw."""
        if self.type == 1:
            return self._fixed(_FLOATS, FOUR_BYTES)
        if self.type == 11:
            return self._fixed(_DOUBLES, EIGHT_BYTES)
        place = {7: _INT64S, 12: _UINT64S, 13: _UINT64S}.get(self.type, _INT32S)
        fields = self.data.get(place, [])
        self._check_size(fields)
        if sum(one.size for one in fields) > _MOST_PACKED_BYTES:
            raise WeightsUnreadable(
                f"the numbers of {self.name} are packed one by one; save them as raw data"
            )
        single = [one.value for one in fields if one.wire == VARINT]
        parts = [unpacked(self.wire.raw(one)) for one in fields if one.wire == RANGE]
        values = np.concatenate([np.array(single, np.uint64).view(np.int64), *parts])
        return values.astype("<u2" if number in ("<f2", _BFLOAT16) else number).tobytes()

    def _fixed(self, place: int, wire: int) -> bytes:
        fields = [one for one in self.data.get(place, []) if one.wire in (wire, RANGE)]
        self._check_size(fields)
        return b"".join(map(self.wire.raw, fields))

    def _check_size(self, fields: list[WireField]) -> None:
        entries = max(math.prod(self.shape), 1)
        if sum(one.size for one in fields) > 10 * entries:
            raise damaged(f"{self.name} holds more numbers than its shape {self.shape}")


def tensor_of(wire: Wire, message: WireField, folder: Path | None) -> OnnxTensor:
    """Reads what a tensor is, and where its numbers lie."""
    shape: list[int] = []
    name, number, data, beside = "", 0, dict[int, list[WireField]](), dict[str, str]()
    is_beside = False
    for part in wire.fields(message.start, message.end):
        if part.number == _DIMS:
            shape += wire.signed(part)
        elif part.number == _TYPE:
            number = part.value
        elif part.number == _NAME:
            name = wire.text(part)
        elif part.number == _LOCATION:
            is_beside = part.value == 1
        elif part.number == _EXTERNAL:
            beside.update([pair_of(wire, part)])
        elif part.number in (_RAW, _FLOATS, _INT32S, _INT64S, _DOUBLES, _UINT64S):
            data.setdefault(part.number, []).append(part)
    if len(shape) > _MOST_AXES or any(not 0 <= side < _LARGEST_SIDE for side in shape):
        raise damaged(f"{name or 'a tensor'} has the impossible shape {tuple(shape[:10])}")
    return OnnxTensor(name, tuple(shape), number, wire, folder, data, beside if is_beside else None)


def pair_of(wire: Wire, message: WireField) -> tuple[str, str]:
    """Reads a name and what it stands for."""
    found = {part.number: wire.text(part) for part in wire.fields(message.start, message.end)}
    return found.get(1, ""), found.get(2, "")
