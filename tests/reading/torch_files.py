"""Writes files as PyTorch does, without it, and pickles that no program would write.

Each function gives the bytes of a pickle that put one thing on the stack.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_STORAGES = {"f4": "Float", "f8": "Double", "f2": "Half", "i8": "Long", "i1": "Char", "u1": "Byte"}
MAGIC = 0x1950A86A20F9469CFC6C


def text(value: str) -> bytes:
    """A string."""
    raw = value.encode()
    return b"X" + len(raw).to_bytes(4, "little") + raw


def number(value: int) -> bytes:
    """A whole number of any size."""
    raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return b"\x8a" + bytes([len(raw)]) + raw


def name(path: str) -> bytes:
    """A class or function."""
    module, _, last = path.rpartition(".")
    return f"c{module}\n{last}\n".encode()


def several(*parts: bytes) -> bytes:
    """A tuple."""
    return b"(" + b"".join(parts) + b"t"


def numbers(values: Sequence[int]) -> bytes:
    """A tuple of whole numbers."""
    return several(*map(number, values))


def call(path: str, *args: bytes) -> bytes:
    """What a function makes of arguments."""
    return name(path) + several(*args) + b"R"


def entries(values: Mapping[str | int, bytes]) -> bytes:
    """A dict."""
    keys = [number(key) if isinstance(key, int) else text(key) for key in values]
    parts = [part for pair in zip(keys, values.values(), strict=True) for part in pair]
    return b"}(" + b"".join(parts) + b"u"


def instance(path: str, state: bytes) -> bytes:
    """An object of a class with a state."""
    return name(path) + b")\x81" + state + b"b"


def storage(key: str, numel: int, kind: str = "Float", *more: bytes) -> bytes:
    """A reference to a storage."""
    parts = text("storage"), name(f"torch.{kind}Storage"), text(key), text("cpu"), number(numel)
    return several(*parts, *more) + b"Q"


def view(place: bytes, offset: int, shape: Sequence[int], strides: Sequence[int]) -> bytes:
    """A tensor that looks at a storage."""
    rest = b"\x89", call("collections.OrderedDict")
    return call(
        "torch._utils._rebuild_tensor_v2", place, number(offset), numbers(shape),
        numbers(strides), *rest,
    )  # fmt: skip


def strides_of(array: Array) -> list[int]:
    """How far apart its entries lie along each axis, in entries."""
    return [stride // array.itemsize for stride in array.strides]


def tensor(key: str, array: Array, *more: bytes) -> bytes:
    """A tensor with a storage of its own."""
    kind = _STORAGES[array.dtype.str[1:]]
    return view(storage(key, array.size, kind, *more), 0, array.shape, strides_of(array))


def state_dict(tensors: Mapping[str, Array], *more: bytes) -> bytes:
    """A dict of tensors, whose storages are called 0, 1, …"""
    return entries({n: tensor(str(k), a, *more) for k, (n, a) in enumerate(tensors.items())})


def pickle_of(part: bytes) -> bytes:
    """A whole pickle."""
    return b"\x80\x02" + part + b"."


def in_memory(array: Array) -> bytes:
    """The bytes of an array as they lie, whatever the order of its axes."""
    return np.ascontiguousarray(array.T if array.flags.f_contiguous else array).tobytes()


def zipped(
    path: Path,
    tree: bytes,
    storages: Sequence[bytes],
    members: Mapping[str, bytes] = {},
    method: int = zipfile.ZIP_STORED,
) -> Path:
    """A file as PyTorch has written it since 1.6."""
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("archive/data.pkl", pickle_of(tree))
        file.writestr("archive/byteorder", b"little")
        for key, data in enumerate(storages):
            file.writestr(f"archive/data/{key}", data)
        for member, data in members.items():
            file.writestr(f"archive/{member}", data)
    return path


def saved(path: Path, tensors: Mapping[str, Array]) -> Path:
    """A state dict in a zip."""
    return zipped(path, state_dict(tensors), [in_memory(array) for array in tensors.values()])


def legacy(path: Path, tree: bytes, storages: Mapping[str, tuple[int, bytes]]) -> Path:
    """A file as PyTorch wrote it before 1.6; storages with their number of entries."""
    out = io.BytesIO()
    keys = b"](" + b"".join(map(text, storages)) + b"e"
    for part in (number(MAGIC), number(1001), entries({"little_endian": b"\x88"}), tree, keys):
        out.write(pickle_of(part))
    for numel, data in storages.values():
        out.write(numel.to_bytes(8, "little") + data)
    path.write_bytes(out.getvalue())
    return path


def saved_legacy(path: Path, tensors: Mapping[str, Array]) -> Path:
    """A state dict in the older form."""
    storages = {str(k): (a.size, in_memory(a)) for k, a in enumerate(tensors.values())}
    return legacy(path, state_dict(tensors, b"N"), storages)


def module(
    path: str,
    parameters: Mapping[str, bytes] = {},
    modules: Mapping[str, bytes] = {},
    settings: Mapping[str, bytes] = {},
) -> bytes:
    """A whole module."""
    state = {
        "training": b"\x88",
        **settings,
        "_parameters": entries(parameters),
        "_buffers": call("collections.OrderedDict"),
        "_modules": entries(modules),
    }
    return instance(path, entries(state))


def conv(kind: str, kernel: bytes, bias: bytes = b"N", **settings: Any) -> bytes:
    """A conv layer as a whole module; settings are tuples of whole numbers, or one."""
    told = {
        "kernel_size": (1, 1),
        "stride": (1, 1),
        "padding": (0, 0),
        "dilation": (1, 1),
        "groups": 1,
        "padding_mode": "zeros",
        "transposed": "Transpose" in kind,
        **settings,
    }
    parameters = {"weight": kernel, "bias": bias}
    plain = {key: _plain(value) for key, value in told.items()}
    return module(f"torch.nn.modules.conv.{kind}", parameters, {}, plain)


def _plain(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"\x88" if value else b"\x89"
    if isinstance(value, str):
        return text(value)
    return number(value) if isinstance(value, int) else numbers(value)
