"""Reads NumPy's .npz, a zip of arrays, and .npy, one array alone; objects in them stay shut.

Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
"""

import io
import math
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from .archives import ZipArchive
from .contents import MOST_KERNEL_BYTES, Contents, WeightsUnreadable
from .element_types import ELEMENT_TYPES, ElementType
from .files import Layout
from .named_layers import layers_of
from .pieces import FilePiece, OpenedFile, PlainPiece
from .steps import step_in
from .tensors import StoredTensor, TensorList, check_count, check_shape
from .unclear import Unclear

_MAGIC: Final = b"\x93NUMPY"
_HEADER_BYTES: Final = 12_000  # NumPy itself reads no headers beyond 10,000 signs
_VERSIONS: Final = (b"\1\0", b"\2\0")
_FIRST_BYTES: Final = 512
_BY_PLACE: Final = re.compile(r"arr_\d+")
_AGAIN: Final = "the file is damaged; save it once more"


class _Header(NamedTuple):
    shape: tuple[int, ...]
    is_fortran: bool
    dtype: "np.dtype[np.generic]"
    start: int  # of the numbers


def is_npz(path: Path, head: bytes) -> bool:
    """Tells whether a file is a zip with an array in it."""
    return head[:4] == b"PK\x03\x04" and any(
        name.endswith(".npy") for name in ZipArchive(path).names
    )


def is_npy(_path: Path, head: bytes) -> bool:
    """Tells whether a file begins as an array of NumPy does."""
    return head.startswith(_MAGIC)


def read_npz(path: Path, layout: Layout | None) -> Contents:
    """Reads the arrays of an .npz; see `read_weights`."""
    archive, notes = ZipArchive(path), Unclear()
    names = [name.removesuffix(".npy") for name in archive.names if name.endswith(".npy")]
    check_count(len(names))
    tensors = [_member(archive, name, notes) for name in names]
    return _contents([tensor for tensor in tensors if tensor is not None], layout, notes)


def _member(archive: ZipArchive, name: str, notes: Unclear) -> StoredTensor | None:
    member = f"{name}.npy"
    header = _header(archive.piece(member, checked=False), name)
    return _tensor(name, header, lambda: archive.piece(member), notes)


def read_npy(path: Path, layout: Layout | None) -> Contents:
    """Reads an .npy as the kernel of one layer; see `read_weights`."""
    file, notes = OpenedFile(path), Unclear()
    piece = PlainPiece(file, 0, file.size, "its array")
    tensor = _tensor("weights", _header(piece, "its array"), lambda: piece, notes)
    return _contents([] if tensor is None else [tensor], layout, notes)


def _contents(tensors: list[StoredTensor], layout: Layout | None, notes: Unclear) -> Contents:
    names = [tensor.name for tensor in tensors]
    in_order = names != sorted(names) or all(_BY_PLACE.fullmatch(name) for name in names)
    layers = layers_of(TensorList(tuple(tensors), in_order, notes), layout)
    step, unit = step_in(_numbers(tensors))
    return Contents("npz", layers, None, notes.told(), step, unit)


def _numbers(tensors: list[StoredTensor]) -> dict[object, object]:
    """Reads those that are one number each."""
    alone = [tensor for tensor in tensors if tensor.entries == 1 and len(tensor.shape) < 2]
    return {tensor.name: float(tensor.read().reshape(())) for tensor in alone[:100]}


def _header(piece: FilePiece, name: str) -> _Header:
    start = piece.read(0, min(piece.size, _FIRST_BYTES))
    version, wide = start[6:8], 2 if start[6:7] == b"\1" else 4
    size = int.from_bytes(start[8 : 8 + wide], "little")
    if not start.startswith(_MAGIC) or version not in _VERSIONS or size > _HEADER_BYTES:
        raise WeightsUnreadable(f"{name[:100]} isn't an array of NumPy 1 or 2; {_AGAIN}")
    whole = io.BytesIO(piece.read(0, min(piece.size, 8 + wide + size)))
    whole.seek(8)
    read = npy.read_array_header_1_0 if wide == 2 else npy.read_array_header_2_0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that Python 2 wrote it
            shape, is_fortran, dtype = read(whole)
    except Exception as error:  # NumPy lets through whatever its parsers of Python make of it
        raise WeightsUnreadable(
            f"{name[:100]} isn't an array ({str(error)[:100]}); {_AGAIN}"
        ) from None
    header = _Header(check_shape(name, shape), is_fortran, dtype, 8 + wide + size)
    there = piece.size - header.start
    needed = math.prod(header.shape) * dtype.itemsize
    if there != needed and not dtype.hasobject:
        raise WeightsUnreadable(
            f"{name[:100]} has {there:,} bytes of numbers where its shape {header.shape} "
            f"needs {needed:,}; {_AGAIN}"
        )
    return header


def _tensor(
    name: str, header: _Header, opened: Callable[[], FilePiece], notes: Unclear
) -> StoredTensor | None:
    if header.dtype.hasobject:
        notes.add_of(name, "left shut, for it holds Python objects, which reading would run")
        return None
    element = _element(header.dtype)
    if element is None:
        return None
    as_numbers = header.dtype

    def read() -> NDArray[np.float32]:
        piece = opened()
        if piece.size > 2 * MOST_KERNEL_BYTES + _HEADER_BYTES:
            raise WeightsUnreadable(
                f"{name[:100]} takes {piece.size:,} bytes, too many for a kernel"
            )
        found = np.frombuffer(piece.read(0, piece.size), np.uint8, offset=header.start)
        with np.errstate(over="ignore"):
            numbers = found.view(as_numbers).astype(np.float32)
        return numbers.reshape(header.shape, order="F" if header.is_fortran else "C")

    return StoredTensor(name, header.shape, element, read)


def _element(dtype: "np.dtype[np.generic]") -> ElementType | None:
    """Names its numbers; None for text, dates and records."""
    return ELEMENT_TYPES.get(dtype.name)
