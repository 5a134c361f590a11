"""Files of Keras: `.keras`, `.weights.h5`, and the `.h5` of its versions 1, 2 and 3."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from .archives import ZipArchive
from .blocks import HeldPiece
from .contents import Contents, WeightsUnreadable
from .hdf5.file import Hdf5Group, read_hdf5
from .hdf5.space import SIGNATURE
from .json_text import MOST_JSON_BYTES, read_json
from .keras_config import network_config
from .keras_kernels import Writer
from .keras_stored import counted_layers, named_layers
from .keras_weights import contents_of
from .packed import PackedPiece
from .pieces import FilePiece, OpenedFile, PlainPiece

_WEIGHTS: Final = "model.weights.h5"
# A check value is worth reading all of a file for only where that takes a moment.
_MOST_CHECKED_BYTES: Final = 8 * 1024**2
_MOST_PACKED_BYTES: Final = 100 * 1024**2


def is_hdf5(_path: Path, head: bytes) -> bool:
    """Tells whether it is an HDF5 file."""
    return head.startswith(SIGNATURE)


def is_keras(path: Path, head: bytes) -> bool:
    """Tells whether it is a zip that Keras 3 has written."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    names = set(ZipArchive(path).names)
    return _WEIGHTS in names or {"config.json", "metadata.json"} <= names


def read_keras_h5(path: Path, _layout: object = None) -> Contents:
    """Reads an HDF5 file of Keras.

    Raises:
        WeightsUnreadable: it is damaged, holds more than is read, or none of Keras wrote it.
    """
    file = OpenedFile(path)
    root = read_hdf5(PlainPiece(file, 0, file.size, "it"))
    return _contents(root, None, None)


def read_keras(path: Path, _layout: object = None) -> Contents:
    """Reads a `.keras` file; see `read_keras_h5`."""
    archive = ZipArchive(path)
    config = _json(archive, "config.json")
    metadata = _json(archive, "metadata.json")
    version = metadata.get("keras_version") if isinstance(metadata, dict) else None
    root = read_hdf5(_piece(archive))
    contents = _contents(root, config, version if isinstance(version, str) else "3")
    step = _taken_home_at(metadata)
    return contents if step is None else replace(contents, step=step)


def _taken_home_at(metadata: Any) -> int | None:
    """Returns the step that a file of ours says it is of."""
    origin = metadata.get("filterscope") if isinstance(metadata, dict) else None
    step = origin.get("step") if isinstance(origin, dict) else None
    if not isinstance(step, str) or not step.isascii() or len(step) > 15:
        return None
    return int(step) if step.isdecimal() else None


def _piece(archive: ZipArchive) -> FilePiece:
    piece = archive.piece(_WEIGHTS, checked=False)
    if isinstance(piece, PackedPiece):  # which would be unpacked anew for every header
        return HeldPiece(archive.read(_WEIGHTS, _MOST_PACKED_BYTES))
    return archive.piece(_WEIGHTS) if piece.size <= _MOST_CHECKED_BYTES else piece


def _json(archive: ZipArchive, name: str) -> Any:
    if name not in archive.names:
        return None
    return read_json(archive.read(name, MOST_JSON_BYTES), f"{name} in it")


def _contents(root: Hdf5Group, config: Any, version: str | None) -> Contents:
    """Tells which way of Keras it is; `version` is that of a `.keras` file."""
    weights = root.groups.get("model_weights", root)
    named = named_layers(weights)
    if version is None and named is not None:
        text = root.attributes.text("model_config")
        described = read_json(text.encode(), "its model_config") if text else None
        writer = Writer(*(_said(name, root, weights) for name in ("keras_version", "backend")))
        return contents_of(
            root,
            named,
            network_config(described),
            writer,
            written_as="keras_h5",
            in_order=True,
            framework=str(writer),
        )
    counted = counted_layers(root)
    if not counted:
        raise WeightsUnreadable(
            "there are no layers of Keras in this HDF5 file; save a model with Keras's"
            " model.save or model.save_weights"
        )
    return contents_of(
        root,
        counted,
        network_config(config),
        Writer(version or "3"),
        written_as="keras" if version else "keras_weights",
        in_order=False,
        framework=f"Keras {version}" if version else None,
    )


def _said(name: str, *groups: Hdf5Group) -> str | None:
    return next((text for group in groups if (text := group.attributes.text(name))), None)
