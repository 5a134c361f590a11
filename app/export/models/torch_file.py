"""A network's state as `torch.save` writes it, for `torch.load(…, weights_only=True)`.

A zip of a pickle, which says what tensors there are, and of each tensor's bytes. The pickle names
nothing that `weights_only` wouldn't take: https://pytorch.org/docs/stable/notes/serialization.html.
"""

import pickle
from collections.abc import Mapping, Sequence
from typing import BinaryIO

import numpy as np

from .archive import PlainArchive
from .torch_state import State

_ALIGNMENT = 64  # of each tensor's first byte, so that a file can be mapped into memory
_STORAGES = {"f": b"FloatStorage", "i": b"LongStorage"}
_EMPTY = b"ccollections\nOrderedDict\n" + pickle.EMPTY_TUPLE + pickle.REDUCE


def write_torch(file: BinaryIO, state: State, beside: Mapping[str, str]) -> None:
    """Writes the tensors, and texts by the names of their entries, which PyTorch passes over."""
    archive = PlainArchive(file, _ALIGNMENT)
    archive.put("network/data.pkl", _pickled(state))
    archive.put("network/byteorder", "little")
    for number, array in enumerate(state.values()):
        archive.put(f"network/data/{number}", array.astype(_little(array.dtype)).tobytes())
    archive.put("network/version", "3\n")
    for name, text in beside.items():
        archive.put(f"network/{name}", text)
    archive.close()


def _little(dtype: np.dtype) -> str:
    return "<i8" if dtype.kind == "i" else "<f4"


def _pickled(state: State) -> bytes:
    """Pickles an ordered dictionary of tensors, without PyTorch."""
    pairs = []
    for number, (name, array) in enumerate(state.items()):
        strides = [stride // array.itemsize for stride in array.strides]
        storage = _tuple(
            _text("storage"),
            b"ctorch\n" + _STORAGES[array.dtype.kind] + b"\n",
            _text(str(number)),
            _text("cpu"),
            _whole(array.size),
        )
        tensor = _tuple(
            storage + pickle.BINPERSID,
            _whole(0),
            _wholes(array.shape),
            _wholes(strides),
            pickle.NEWFALSE,
            _EMPTY,
        )
        rebuilt = b"ctorch._utils\n_rebuild_tensor_v2\n" + tensor + pickle.REDUCE
        pairs.append(_text(name) + rebuilt)
    content = _EMPTY + pickle.MARK + b"".join(pairs) + pickle.SETITEMS
    return pickle.PROTO + b"\x02" + content + pickle.STOP


def _tuple(*parts: bytes) -> bytes:
    return pickle.MARK + b"".join(parts) + pickle.TUPLE


def _text(text: str) -> bytes:
    data = text.encode()
    return pickle.BINUNICODE + len(data).to_bytes(4, "little") + data


def _whole(number: int) -> bytes:
    return pickle.BININT + number.to_bytes(4, "little", signed=True)


def _wholes(numbers: Sequence[int]) -> bytes:
    return _tuple(*map(_whole, numbers))
