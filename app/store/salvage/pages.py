"""The pages of a database as its last commit left them, read from the files without SQLite.

Formats: https://www.sqlite.org/fileformat2.html, sections 1.3 (header), 1.5 (freelist) and 4 (the
write-ahead log).
"""

import struct
from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"SQLite format 3\0"
_USUAL_PAGE_BYTES = 4096
_LOG_MAGIC = (0x377F0682, 0x377F0683)  # the last bit says in which order checksums read bytes
_LOG_HEADER = 32
_FRAME_HEADER = 24


class Pages:
    """Pages by number, from 1; those of the log go before those of the file."""

    def __init__(self, database: Path) -> None:
        self._file = database.open("rb")
        header = self._file.read(100)
        self.has_header = header[:16] == _MAGIC
        told = struct.unpack(">H", header[16:18])[0] if self.has_header else _USUAL_PAGE_BYTES
        self.page_bytes = 65536 if told == 1 else told
        if self.page_bytes not in (512 << power for power in range(8)):
            self.page_bytes = _USUAL_PAGE_BYTES
        self._newer = _from_log(database.with_name(f"{database.name}-wal"), self.page_bytes)
        in_file = -(-database.stat().st_size // self.page_bytes)
        self.count = max(in_file, *self._newer, 0)

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def read(self, number: int) -> bytes:
        """Returns a page; zeros where the file was cut off."""
        if number in self._newer:
            return self._newer[number]
        self._file.seek((number - 1) * self.page_bytes)
        return self._file.read(self.page_bytes).ljust(self.page_bytes, b"\0")

    def free(self) -> set[int]:
        """Returns the pages that hold nothing any more, as far as their list can be followed."""
        free: set[int] = set()
        first = self.read(1)
        trunk: int = struct.unpack(">I", first[32:36])[0] if self.has_header else 0
        while 0 < trunk <= self.count and trunk not in free:
            free.add(trunk)
            page = self.read(trunk)
            trunk, leaves = struct.unpack(">II", page[:8])
            leaves = min(leaves, self.page_bytes // 4 - 2)
            free.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
        return free


def _from_log(log: Path, page_bytes: int) -> dict[int, bytes]:
    """Returns the pages of all transactions in the log that are whole, one after the other."""
    data = log.read_bytes() if log.exists() else b""
    if len(data) < _LOG_HEADER or struct.unpack(">I", data[:4])[0] not in _LOG_MAGIC:
        return {}
    order = ">" if data[3] & 1 else "<"
    salts, sums = data[16:24], _checksum(order, data[:24], (0, 0))
    if sums != struct.unpack(">II", data[24:32]):
        return {}
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for header, page in _frames(data, page_bytes):
        sums = _checksum(order, page, _checksum(order, header[:8], sums))
        if header[8:16] != salts or sums != struct.unpack(">II", header[16:24]):
            break
        number, size = struct.unpack(">II", header[:8])
        pending[number] = page
        if size:  # a commit, and how many pages the database has from then on
            committed |= pending
            committed = {page: data for page, data in committed.items() if page <= size}
            pending = {}
    return committed


def _frames(data: bytes, page_bytes: int) -> Iterator[tuple[bytes, bytes]]:
    frame = _FRAME_HEADER + page_bytes
    for start in range(_LOG_HEADER, len(data) - frame + 1, frame):
        body = start + _FRAME_HEADER
        yield data[start:body], data[body : body + page_bytes]


def _checksum(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
