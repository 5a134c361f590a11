"""Opens what PyTorch wrote before 1.6: pickles one after the other, then all storages."""

from pathlib import Path
from typing import Final

from ..contents import MOST_TENSORS, WeightsUnreadable
from ..pickles import PickleMachine
from ..pickles.text import PickleText
from ..pieces import FilePiece, OpenedFile, PlainPiece
from .makers import MAKERS
from .source import TorchSource
from .storages import PickledStorage, stored

_MAGIC: Final = 0x1950A86A20F9469CFC6C
_MAGIC_BYTES: Final = b"\x8a\n" + _MAGIC.to_bytes(10, "little") + b"."
_COUNT_BYTES: Final = 8
_AGAIN: Final = "copy or save it once more"


def is_legacy_torch(_path: Path, head: bytes) -> bool:
    """Tells whether a file begins with the number that PyTorch put first."""
    return head[:1] == b"\x80" and _MAGIC_BYTES in head[:32]


def open_legacy(path: Path) -> TorchSource:
    """Reads the pickles, and works out where each storage lies.

    Raises:
        WeightsUnreadable: it is damaged, or too much.
    """
    file = OpenedFile(path)
    text = PickleText(PlainPiece(file, 0, file.size, "its pickle"))
    named: dict[str, PickledStorage] = {}

    def find(reference: object) -> object:
        storage = stored(reference)
        if isinstance(storage, PickledStorage):
            named.setdefault(storage.key, storage)
        return storage

    machine = PickleMachine(MAKERS, find)
    magic, version, _machine = (machine.read(text) for _ in range(3))
    if magic != _MAGIC or not isinstance(version, int):
        raise WeightsUnreadable(f"its first pickles aren't PyTorch's; {_AGAIN}")
    tree, keys = machine.read(text), machine.read(text)
    pieces = _pieces(file, text.place, keys, named)
    return TorchSource("torch_legacy", tree, tuple(machine.unknown), pieces.__getitem__)


def _pieces(
    file: OpenedFile, start: int, keys: object, named: dict[str, PickledStorage]
) -> dict[str, FilePiece]:
    if not isinstance(keys, list) or len(keys) > 4 * MOST_TENSORS:
        raise WeightsUnreadable(f"it doesn't list its storages; {_AGAIN}")
    found: dict[str, FilePiece] = {}
    for key in map(str, (key for key in keys if isinstance(key, str | int))):
        storage = named.get(key)
        if storage is None or key in found:
            raise WeightsUnreadable(f"it lists the storage {key[:40]}, which none uses; {_AGAIN}")
        count = int.from_bytes(file.read(start, _COUNT_BYTES), "little")
        if count != storage.numel:
            raise WeightsUnreadable(
                f"storage {key[:40]} has {count:,} numbers and should have {storage.numel:,}; "
                f"{_AGAIN}"
            )
        start += _COUNT_BYTES
        found[key] = PlainPiece(file, start, storage.size, f"storage {key[:40]}")
        start += storage.size
    if missing := named.keys() - found.keys():
        raise WeightsUnreadable(f"storage {min(missing)[:40]} is missing; {_AGAIN}")
    return found
