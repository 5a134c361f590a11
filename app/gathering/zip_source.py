"""A zip of pictures, a folder for each class: read where it lies, never unpacked to the disk."""

import os
import stat
import struct
import zipfile
from functools import partial
from pathlib import Path
from typing import BinaryIO

from .classes import placed
from .decoding import Fitting, decoded
from .folder_source import LARGEST_FILE_BYTES
from .found import FoundPicture, Passed, PictureSource, Pixels, UnreadablePicture, shown
from .request import MOST_PICTURES, NotGathered

_LARGEST_DIRECTORY_BYTES = 64 * 1024**2
_LARGEST_UNPACKED_BYTES = 8 * 1000**3
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END, _END_BYTES = b"PK\x05\x06", 22
_LOCATOR, _LOCATOR_BYTES = b"PK\x06\x07", 20
_IS_UTF8, _IS_ENCRYPTED = 0x800, 0x1
_DAMAGED = "the zip is damaged or cut off"


def open_zip(archive: zipfile.ZipFile, fitting: Fitting, passed: Passed) -> PictureSource:
    """Lists a zip's pictures in its order.

    Raises:
        NotGathered: it is damaged, encrypted, far too large when unpacked, or a name in it leads
            out of it.
    """
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(infos) > 2 * MOST_PICTURES:
        message = f"the zip holds {len(infos):,} files; up to {2 * MOST_PICTURES:,} are looked at"
        raise NotGathered(message, "file", MOST_PICTURES)
    names = [_checked_name(info) for info in infos]
    total = sum(info.file_size for info in infos)
    if total > _LARGEST_UNPACKED_BYTES:
        message = f"unpacked it would be {total / 1000**3:.1f} GB; up to 8 GB are read"
        raise NotGathered(message, "file")
    understood: list[str] = []
    found = placed([tuple(name.split("/")) for name in names], passed, understood)
    pictures = (
        FoundPicture(
            names[one.place],
            one.class_name,
            one.split,
            partial(_read, archive, infos[one.place], fitting),
        )
        for one in found
    )
    return PictureSource(len(found), pictures, understood)


def opened_zip(path: Path) -> zipfile.ZipFile:
    """Opens a zip once its list of files is known to be of a sensible length.

    Raises:
        NotGathered: it is too long, or damaged.
    """
    try:
        with path.open("rb") as file:
            if _directory_bytes(file) > _LARGEST_DIRECTORY_BYTES:
                raise NotGathered("the zip's list of files is too long", "file")
        return zipfile.ZipFile(path)
    except NotGathered:
        raise
    except Exception:  # what a damaged list can make of it is open
        raise NotGathered(_DAMAGED, "file") from None


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most_bytes: int) -> bytes:
    """Reads a file of the archive, no more of it than it may have. Raises UnreadablePicture."""
    if info.compress_type not in _PACKINGS:
        raise UnreadablePicture(
            "it is packed in a way that isn't read; stored and deflated files are"
        )
    if info.file_size > most_bytes:
        raise UnreadablePicture(f"the file has more than {most_bytes // 1000**2} MB")
    try:
        with archive.open(info) as entry:
            data = entry.read(most_bytes + 1)
    except Exception:  # wrong checksums, lying sizes, entries over entries
        raise UnreadablePicture("the zip is damaged there") from None
    if len(data) > info.file_size:
        raise UnreadablePicture("the zip says another size than it has")
    return data


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, fitting: Fitting) -> Pixels:
    return decoded(read_entry(archive, info, LARGEST_FILE_BYTES), fitting)


def _checked_name(info: zipfile.ZipInfo) -> str:
    """Returns an entry's name; refuses what no honest archive of pictures holds."""
    name = _readable_name(info).replace("\\", "/")
    if info.flag_bits & _IS_ENCRYPTED:
        raise NotGathered(f"{shown(name)} is encrypted: make a zip without a password", "file")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        message = f"the zip holds {shown(name)}, which leads out of it: make it anew"
        raise NotGathered(message, "file")
    if stat.S_ISLNK(info.external_attr >> 16):
        message = f"the zip holds a link, {shown(name)}: put the picture itself there"
        raise NotGathered(message, "file")
    return name


def _readable_name(info: zipfile.ZipInfo) -> str:
    """Returns a name that isn't marked as UTF-8, as UTF-8 if it is, as many programs forget to
    say.
    """
    name = info.orig_filename.partition("\0")[0]
    if info.flag_bits & _IS_UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _directory_bytes(file: BinaryIO) -> int:
    """Reads from the archive's end how long its list of files is, before that is read."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _END_BYTES - _LOCATOR_BYTES - 65535)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise NotGathered(_DAMAGED, "file")
    (length,) = struct.unpack_from("<12xL", tail, at)
    locator = at - _LOCATOR_BYTES
    if locator >= 0 and tail.startswith(_LOCATOR, locator):
        (offset,) = struct.unpack_from("<8xQ", tail, locator)
        file.seek(min(offset, size))
        record = file.read(56)
        length = max(length if length != 0xFFFFFFFF else 0, _zip64_length(record))
    return int(length)


def _zip64_length(record: bytes) -> int:
    if len(record) < 56 or not record.startswith(b"PK\x06\x06"):
        raise NotGathered(_DAMAGED, "file")
    return int(struct.unpack_from("<40xQ", record)[0])
