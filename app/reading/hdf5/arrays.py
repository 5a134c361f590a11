"""Arrays: where their numbers lie, and reading them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..contents import MOST_KERNEL_BYTES, WeightsUnreadable
from ..cursor import Cursor, damaged
from .attributes import Attributes
from .chunks import Chunked, filters_of
from .messages import DATASPACE, DATATYPE, EXTERNAL_FILES, FILTERS, LAYOUT, Message
from .numbers import Datatype, array_of, datatype_of, entries_in, shape_of
from .space import UNDEFINED, AddressSpace

_COMPACT, _CONTIGUOUS, _CHUNKED, _VIRTUAL = range(4)
_ELSEWHERE = "which is in another file and isn't fetched; save it with its weights in itself"


class Hdf5Array:
    """One array of a file; its numbers are fetched by `read` alone.

    Attributes:
        name: its path in the file.
        shape: that of its entries.
        number: NumPy's name of what an entry is, or `bfloat16`; None if it is no number.
    """

    def __init__(self, space: AddressSpace, name: str, messages: list[Message]) -> None:
        self._space = space
        self._messages = {message.kind: message for message in messages}
        self.name = name
        shape = shape_of(self._data(DATASPACE))
        self._is_empty = shape is None
        self.shape: tuple[int, ...] = shape or ()
        self._type = datatype_of(self._data(DATATYPE))
        self.number = self._type.number
        if _is_bfloat16(self._type, Attributes(space, messages)):
            self.number = "bfloat16"

    def read(self) -> NDArray[Any]:
        """Reads its numbers.

        Raises:
            WeightsUnreadable: they lie elsewhere, are more than is read, or damaged.
        """
        if self.number is None or self._is_empty:
            raise WeightsUnreadable(f"{self.name} holds no numbers that are known here")
        wanted = entries_in(self.shape) * self._type.size
        if wanted > MOST_KERNEL_BYTES:
            raise WeightsUnreadable(
                f"{self.name} would take {wanted / 1024**2:,.0f} MiB, and at most"
                f" {MOST_KERNEL_BYTES // 1024**2} are read; it isn't looked at layer by layer"
            )
        if EXTERNAL_FILES in self._messages:
            raise WeightsUnreadable(f"{self.name} names data {_ELSEWHERE}")
        return array_of(self._bytes(wanted), self.number, self.shape)

    def _data(self, kind: int) -> bytes:
        message = self._messages.get(kind)
        if message is None or message.is_shared:
            raise WeightsUnreadable(
                f"{self.name} isn't described as arrays of Keras are; save it with Keras once more"
            )
        return message.data

    def _bytes(self, wanted: int) -> bytes:
        layout = Cursor(self._data(LAYOUT), f"the layout of {self.name}")
        version, kind = layout.number(1), layout.number(1)
        if version not in (3, 4) or kind > _VIRTUAL:
            raise WeightsUnreadable(
                f"{self.name} is laid out in a way of HDF5 that isn't read here; save it with h5py"
            )
        if kind == _VIRTUAL:
            raise WeightsUnreadable(f"{self.name} is made of data {_ELSEWHERE}")
        if kind == _COMPACT:
            return _fitting(layout.take(layout.number(2)), wanted, self.name)
        if kind == _CONTIGUOUS:
            address, size = layout.number(8), layout.number(8)
            if address == UNDEFINED and wanted:
                raise self._never_written()
            if size < wanted:
                raise damaged(f"{self.name} has {size:,} bytes where {wanted:,} are needed")
            return self._space.file.read(address, wanted) if wanted else b""
        if version == 4:
            raise WeightsUnreadable(f"{self.name} is in pieces of a newer HDF5; save it with h5py")
        return self._unpacked(layout, wanted)

    def _never_written(self) -> WeightsUnreadable:
        return WeightsUnreadable(f"{self.name} was never written; save the model once more")

    def _unpacked(self, layout: Cursor, wanted: int) -> bytes:
        axes = layout.number(1) - 1
        tree = layout.number(8)
        if tree == UNDEFINED:
            raise self._never_written()
        sides = tuple(layout.number(4) for _ in range(axes))
        if axes != len(self.shape) or 0 in sides or layout.number(4) != self._type.size:
            raise damaged(f"{self.name} is cut into pieces that don't fit it")
        packed = self._messages.get(FILTERS)
        filters = filters_of(packed.data, self.name) if packed else ()
        chunked = Chunked(self._space, self.name, self._type.size, sides, filters)
        chunks = chunked.chunks(tree)
        chunked.check(chunks, wanted)
        whole = np.zeros((*self.shape, self._type.size), np.uint8)
        filled = sum(chunked.put(chunk, whole) for chunk in chunks)
        if filled < entries_in(self.shape):
            raise damaged(f"pieces of {self.name} are missing")
        return whole.tobytes()


def _is_bfloat16(datatype: Datatype, attributes: Attributes) -> bool:
    """Tells whether it is what Keras makes of bfloat16: bytes of no kind, and a word beside."""
    is_two_bytes = datatype.kind == "opaque" and datatype.size == 2
    return is_two_bytes and attributes.text("dtype") == "bfloat16"


def _fitting(data: bytes, wanted: int, name: str) -> bytes:
    if len(data) < wanted:
        raise damaged(f"{name} has {len(data):,} bytes where {wanted:,} are needed")
    return data[:wanted]
