"""Reads zip files of strangers: what lies in them is looked up and bounded, never unpacked."""

import io
import stat
import struct
import zipfile
from pathlib import Path
from typing import Final

from .contents import WeightsUnreadable
from .packed import PackedPiece
from .pieces import FilePiece, OpenedFile, PlainPiece

_MOST_LIST_BYTES: Final = 8 * 1024**2
_MOST_MEMBERS: Final = 50_000
_ENTRY: Final = b"PK\x01\x02"
_LOCAL_BYTES: Final = 30
_ENCRYPTED: Final = 1
_AGAIN: Final = "copy or save it once more"
_FEWER: Final = f"at most {_MOST_MEMBERS:,} members are read"


class ZipArchive:
    """The members of a zip file, by name.

    Raises:
        WeightsUnreadable: it is damaged, too large, or holds what no file of weights needs: paths
            that lead out of it, links, two members of one name, encrypted ones.
    """

    def __init__(self, path: Path) -> None:
        self._file = OpenedFile(path)
        try:
            with _Listing(path) as file, zipfile.ZipFile(file) as found:
                members = found.infolist()
        except WeightsUnreadable:
            raise
        except Exception as error:  # zipfile lets through whatever damage makes of its numbers
            raise WeightsUnreadable(f"its zip is damaged{_in_words(error)}; {_AGAIN}") from None
        self._members = {member.filename: member for member in members}
        if len(self._members) < len(members):
            raise WeightsUnreadable(f"its zip has two members of one name; {_AGAIN}")
        for member in members:
            _check_harmless(member)

    @property
    def names(self) -> list[str]:
        """The names of its members, in their order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """Tells how many bytes a member has, unpacked; WeightsUnreadable if there is none."""
        return self._member(name).file_size

    def piece(self, name: str, *, checked: bool = True) -> FilePiece:
        """Returns a member to be read piece by piece.

        Args:
            checked: whether its check value is compared, for which all of it must be read.

        Raises:
            WeightsUnreadable: there is none of that name, or it would unpack to too much.
        """
        member = self._member(name)
        start, size = self._start(member), member.compress_size
        check = member.CRC if checked else 0
        if member.compress_type != zipfile.ZIP_STORED:
            return PackedPiece(PlainPiece(self._file, start, size, name), member, check)
        if size != member.file_size:
            raise WeightsUnreadable(f"{name} has two sizes in its zip; {_AGAIN}")
        return PlainPiece(self._file, start, size, name, check)

    def read(self, name: str, most: int) -> bytes:
        """Reads a whole member of at most `most` bytes; see `piece`."""
        piece = self.piece(name)
        if piece.size > most:
            raise WeightsUnreadable(f"{name} has {piece.size:,} bytes; at most {most:,} are read")
        return piece.read(0, piece.size)

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = self._members.get(name)
        if member is None:
            raise WeightsUnreadable(f"{name[:100]} is missing in its zip; {_AGAIN}")
        return member

    def _start(self, member: zipfile.ZipInfo) -> int:
        head = self._file.read(member.header_offset, _LOCAL_BYTES)
        if head[:4] != b"PK\x03\x04":
            raise WeightsUnreadable(f"{member.filename} isn't where its zip says; {_AGAIN}")
        name_bytes, extra_bytes = struct.unpack("<HH", head[26:])
        return member.header_offset + _LOCAL_BYTES + int(name_bytes) + int(extra_bytes)


class _Listing(io.FileIO):
    """A file that won't hand out a list of members that is too long to be honest."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Reads at most what a list of 50,000 members takes."""
        if size is not None and size > _MOST_LIST_BYTES:
            raise WeightsUnreadable(f"its zip's list takes {size:,} bytes; {_FEWER}")
        found = super().read(size) or b""
        if found.count(_ENTRY) > _MOST_MEMBERS:
            raise WeightsUnreadable(f"its zip lists {found.count(_ENTRY):,} members; {_FEWER}")
        return found


def _check_harmless(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        raise WeightsUnreadable(f"its zip holds {name[:100]!r}, a path that leads out of it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise WeightsUnreadable(f"its zip holds {name[:100]!r}, a link; save the file itself")
    if member.flag_bits & _ENCRYPTED:
        raise WeightsUnreadable("its zip is encrypted; save it without a password")


def _in_words(error: Exception) -> str:
    return f" ({text[:200]})" if (text := str(error).strip()) else ""
