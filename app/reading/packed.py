"""Members of zip files that are compressed, unpacked within bounds."""

import zipfile
import zlib
from typing import Final

from .contents import MOST_KERNEL_BYTES, MOST_RATIO, WeightsUnreadable
from .pieces import PlainPiece

_PIECE_BYTES: Final = 1024**2
_SMALL_BYTES: Final = 1024**2  # what a few zeros unpack to is no bomb
_AGAIN: Final = "copy or save it once more"


class PackedPiece:
    """A compressed member; it is unpacked anew, as far as need be, each time that it is read."""

    def __init__(self, packed: PlainPiece, member: zipfile.ZipInfo, check: int) -> None:
        self.size = member.file_size
        self._packed, self._name, self._check = packed, member.filename, check
        if member.compress_type != zipfile.ZIP_DEFLATED:
            raise WeightsUnreadable(
                f"{self._name} is packed in a way that isn't read; "
                "save the file without compression"
            )
        if self.size > max(packed.size * MOST_RATIO, _SMALL_BYTES):
            raise WeightsUnreadable(
                f"{self._name} would unpack to {self.size:,} bytes from {packed.size:,}; "
                f"at most {MOST_RATIO} times as much is unpacked"
            )
        if self.size > MOST_KERNEL_BYTES:
            raise WeightsUnreadable(
                f"{self._name} would unpack to {self.size:,} bytes; "
                f"at most {MOST_KERNEL_BYTES:,} are, so save the file without compression"
            )

    def read(self, start: int, size: int) -> bytes:
        """Unpacks what lies before the bytes asked for, and returns them; see `FilePiece.read`."""
        whole = self._unpacked(start + size)
        is_all = len(whole) == self.size
        if len(whole) < start + size or (
            self._check and is_all and zlib.crc32(whole) != self._check
        ):
            raise WeightsUnreadable(f"{self._name} isn't what was packed; {_AGAIN}")
        return bytes(whole[start:]) if start else bytes(whole)

    def _unpacked(self, size: int) -> bytearray:
        unpacking, found = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
        for start in range(0, self._packed.size, _PIECE_BYTES):
            piece = self._packed.read(start, min(_PIECE_BYTES, self._packed.size - start))
            try:
                while piece and len(found) < size:
                    found += unpacking.decompress(piece, min(size - len(found), _PIECE_BYTES))
                    piece = unpacking.unconsumed_tail
            except zlib.error as error:
                raise WeightsUnreadable(f"{self._name} is damaged ({error}); {_AGAIN}") from None
            if len(found) >= size or unpacking.eof:
                break
        return found
