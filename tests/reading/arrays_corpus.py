"""Files of safetensors and NumPy that lie, burst, or would have somebody's program run."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.reading.networks import random

Write = Callable[[Path], Any]
KERNEL = random(8, 3, 5, 5)
ENTRY = {"dtype": "F32", "shape": [8, 3, 5, 5], "data_offsets": [0, 2400]}


def _header(raw: bytes, data: bytes = KERNEL.tobytes(), size: int | None = None) -> Write:
    length = len(raw) if size is None else size
    return lambda path: path.write_bytes(length.to_bytes(8, "little") + raw + data)


def _entry(**changes: Any) -> Write:
    return _header(json.dumps({"c.weight": ENTRY | changes}).encode())


def _entries(**entries: Any) -> Write:
    return _header(json.dumps(entries).encode())


def _array(header: str, data: bytes = b"", version: int = 1) -> bytes:
    raw = header.encode()
    wide = 2 if version == 1 else 4
    length = len(raw).to_bytes(wide, "little")
    return b"\x93NUMPY" + bytes([version, 0]) + length + raw + data


def _npy(header: str, data: bytes = b"", version: int = 1) -> Write:
    return lambda path: path.write_bytes(_array(header, data, version))


def _told(descr: str = "'<f4'", shape: str = "(8, 3, 5, 5)") -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n"


def _npz(data: bytes, method: int = zipfile.ZIP_STORED) -> Write:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as file:
            file.writestr("c/kernel.npy", data)

    return write


def _packed_zeros(path: Path) -> None:
    np.savez_compressed(path.with_suffix(".npz"), kernel=np.zeros((512, 512, 8, 8), np.float32))
    path.with_suffix(".npz").rename(path)


def _objects(path: Path) -> None:
    out = io.BytesIO()
    np.save(out, np.array([_Program(f"{path}.mark")], dtype=object), allow_pickle=True)
    path.write_bytes(out.getvalue())


class _Program:
    """Makes a file where it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (self.path, "w")


def _changed(place: int, value: int) -> Write:
    def write(path: Path) -> None:
        _npz(_array(_told(), KERNEL.tobytes()))(path)
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + place] = value
        path.write_bytes(data)

    return write


_FEW = {f"{k}.weight": ENTRY for k in range(20_001)}
_PROGRAM = "__import__('os').system('touch {0}.mark')"
ARRAYS_CORPUS: dict[str, tuple[Write, str]] = {
    "st_long": (_header(b"{}", size=2**63), "would take"),
    "st_longer_than_it": (_header(b"{}", size=10_000_000), "cut short"),
    "st_no_json": (_header(b"{nonsense"), "no JSON"),
    "st_no_text": (_header(b'{"\xff": 1}'), "no JSON"),
    "st_nested": (_header(b'{"a":' * 90_000), "no JSON"),
    "st_lists": (_header(b"{" + b"[]," * 5_000_000), "more than 20,000"),
    "st_brackets": (_header(b"{[" + b"[" * 900_000), "no JSON"),
    "st_twice": (_header(b'{"a":%b,"a":%b}' % ((json.dumps(ENTRY).encode(),) * 2)), "twice"),
    "st_number": (_entries(a=3), "no dtype, shape"),
    "st_metadata": (_entries(__metadata__=[1]), "doesn't list"),
    "st_dtype": (_entry(dtype="F31"), "F31"),
    "st_dtype_list": (_entry(dtype=["F32"]), "isn't known"),
    "st_negative": (_entry(shape=[8, 3, 5, -5]), "shape that no tensor has"),
    "st_fraction": (_entry(shape=[8, 3, 5, 5.0]), "shape that no tensor has"),
    "st_truth": (_entry(shape=[8, 3, 5, True]), "shape that no tensor has"),
    "st_huge": (_entry(shape=[2**47, 2**47, 2**47]), "takes"),
    "st_text": (_entry(shape="8355"), "no shape"),
    "st_beyond": (_entry(data_offsets=[2400, 4800]), "said to be its own"),
    "st_backwards": (_entry(data_offsets=[2400, 0]), "said to be its own"),
    "st_short": (_entry(data_offsets=[0, 2396]), "said to be its own"),
    "st_three": (_entry(data_offsets=[0, 1200, 2400]), "no two offsets"),
    "st_overlap": (_entries(a=ENTRY, b=ENTRY), "overlap"),
    "st_many": (_entries(**_FEW), "at most 20,000"),
    "st_nothing": (_entries(), "kernel"),
    "npy_program": (lambda path: _npy(_PROGRAM.format(path))(path), "isn't an array"),
    "npy_version": (_npy(_told(), version=9), "isn't an array"),
    "npy_long": (lambda p: p.write_bytes(b"\x93NUMPY\x02\0\xff\xff\xff\x7f{"), "isn't an array"),
    "npy_nested": (_npy("(" * 9_000), "isn't an array"),
    "npy_short": (_npy(_told(), KERNEL.tobytes()[:-4]), "needs 2,400"),
    "npy_huge": (_npy(_told(shape="(2147483647, 2147483647)")), "needs"),
    "npy_negative": (_npy(_told(shape="(8, 3, 5, -5)")), "shape that no tensor"),
    "npy_wide": (_npy(_told("'V2147483647'", "(2,)")), "needs"),
    "npy_record": (_npy(_told("[('a', '<f4', (9999, 9999))]", "(9,)")), "needs"),
    "npy_objects": (_objects, "Python objects"),
    "npy_nothing": (_npy(""), "isn't an array"),
    "npz_bomb": (_packed_zeros, "would unpack"),
    "npz_no_array": (_npz(b"nothing"), "isn't an array"),
    "npz_encrypted": (_changed(8, 1), "encrypted"),
    "npz_elsewhere": (_changed(42, 200), "isn't where|damaged|ends at"),
    "npz_packed_how": (_changed(10, 99), "packed in a way"),
    "npz_longer": (_changed(24, 255), "two sizes|check value|needs"),
    "npz_check": (_changed(16, 0), "check value"),
}
