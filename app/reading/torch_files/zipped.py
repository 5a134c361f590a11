"""Opens what PyTorch has written since 1.6: a zip with a pickle and each storage as a member."""

from pathlib import Path
from typing import Final

from ..archives import ZipArchive
from ..contents import WeightsUnreadable
from ..json_text import read_json
from ..pickles import PickleMachine
from ..pickles.text import PickleText
from .makers import MAKERS
from .scripts import ScriptText
from .source import TorchSource
from .storages import PickledStorage, stored

_PICKLE: Final = "data.pkl"
_MOST_TEXT_BYTES: Final = 1024**2
_AGAIN: Final = "copy or save it once more"


def is_zipped_torch(path: Path, head: bytes) -> bool:
    """Tells whether a file is a zip with PyTorch's pickle in it."""
    return head[:4] == b"PK\x03\x04" and bool(_pickles(ZipArchive(path)))


def open_zipped(path: Path) -> TorchSource:
    """Reads the pickle of a zip, and looks whether all storages that it names are there.

    Raises:
        WeightsUnreadable: it is damaged, or too much.
    """
    archive = ZipArchive(path)
    found = _pickles(archive)
    if len(found) != 1:
        raise WeightsUnreadable(f"its zip has {len(found)} files {_PICKLE}, not one; {_AGAIN}")
    root = found[0].removesuffix(_PICKLE)
    _check_byte_order(archive, f"{root}byteorder")
    folder = f"{root}data/"

    def find(reference: object) -> object:
        storage = stored(reference)
        if isinstance(storage, PickledStorage):
            there = archive.size(f"{folder}{storage.key}")
            if there < storage.size:
                raise WeightsUnreadable(
                    f"storage {storage.key[:40]} has {there:,} bytes and should have "
                    f"{storage.size:,}; {_AGAIN}"
                )
        return storage

    machine = PickleMachine(MAKERS, find)
    tree = machine.read(PickleText(archive.piece(found[0])))
    is_script = any(name.startswith(f"{root}code/") for name in archive.names)
    return TorchSource(
        "torchscript" if is_script else "torch",
        tree,
        tuple(machine.unknown),
        lambda key: archive.piece(f"{folder}{key}"),
        _origin(archive, f"{root}filterscope.json"),
        ScriptText(lambda name: _text(archive, f"{root}code/{name}")).settings,
    )


def _origin(archive: ZipArchive, name: str) -> dict[object, object]:
    found = read_json(archive.read(name, _MOST_TEXT_BYTES), name) if name in archive else None
    return found if isinstance(found, dict) else {}


def _text(archive: ZipArchive, name: str) -> str | None:
    return (
        None
        if name not in archive
        else archive.read(name, _MOST_TEXT_BYTES).decode("utf-8", "replace")
    )


def _pickles(archive: ZipArchive) -> list[str]:
    named = [name for name in archive.names if name.rpartition("/")[2] == _PICKLE]
    return [name for name in named if name.count("/") < 2]


def _check_byte_order(archive: ZipArchive, name: str) -> None:
    if name in archive.names and archive.read(name, 16).strip() == b"big":
        raise WeightsUnreadable(
            "its numbers have their highest byte first, as few machines write them; "
            "load and save it on another one"
        )
