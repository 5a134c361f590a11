"""Tells by its first bytes what a file is, and has it read; endings and names count for nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, NamedTuple

from .contents import Contents, WeightsUnreadable

Layout = Literal["hwio", "oihw"]
_HEAD_BYTES: Final = 1024


class Known(NamedTuple):
    """One way to write weights.

    Attributes:
        title: how people call it.
        is_it: tells from a file and its first 1,024 bytes whether it is written so.
        read: reads it; the layout is what the user says of kernels that don't tell themselves.
    """

    title: str
    is_it: Callable[[Path, bytes], bool]
    read: Callable[[Path, Layout | None], Contents]


def read_weights(path: Path, layout: Layout | None = None) -> Contents:
    """Reads what is in a file of weights; kernels are fetched when they are asked for.

    Args:
        layout: the order of a kernel's axes, for files that can't say it themselves.

    Raises:
        WeightsUnreadable: it is of no known format, is damaged, or holds more than is read.
        OSError: the file system won't have it read.
    """
    if path.is_dir():
        raise WeightsUnreadable("this is a folder; name one of its files")
    head = _head(path)
    if not head:
        raise WeightsUnreadable("the file is empty; save it once more")
    for known in _formats():
        if known.is_it(path, head):
            return known.read(path, layout)
    titles = ", ".join(known.title for known in _formats())
    raise WeightsUnreadable(f"this is no file of weights that is known here; known are {titles}")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _formats() -> tuple[Known, ...]:
    """Returns all formats, the surest signs first; each imports what it needs when it reads."""
    from .keras_files import is_hdf5, is_keras, read_keras, read_keras_h5
    from .npz import is_npy, is_npz, read_npy, read_npz
    from .onnx_file import is_onnx, read_onnx
    from .safetensors import is_safetensors, read_safetensors
    from .torch_files import is_legacy_torch, is_zipped_torch, read_legacy_torch, read_torch

    return (
        Known(".keras", is_keras, read_keras),
        Known(".h5 of Keras", is_hdf5, read_keras_h5),
        Known(".pt, .pth and .ckpt of PyTorch", is_zipped_torch, read_torch),
        Known(".pt of PyTorch before 1.6", is_legacy_torch, read_legacy_torch),
        Known(".safetensors", is_safetensors, read_safetensors),
        Known(".npz", is_npz, read_npz),
        Known(".npy", is_npy, read_npy),
        Known(".onnx", is_onnx, read_onnx),
    )
