"""The rows that a page of a table holds, read without SQLite; what can't be read is passed over.

Formats: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages) and 2.1 (records).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from .pages import Pages

Value = int | float | str | bytes | None

_TABLE_LEAF = 0x0D
_INDEX_LEAF = 0x0A
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL = 7


class CellPlace(NamedTuple):
    """Where a row lies: its page, and the offset of its cell in it."""

    page: int
    cell: int


class Row(NamedTuple):
    """A row of any table; `number` is its rowid, 0 in an index."""

    place: CellPlace
    number: int
    values: tuple[Value, ...]


def rows_of(pages: Pages, page: int, *, is_index: bool = False) -> Iterator[Row]:
    """Yields the rows of a page, if it is the leaf of a table or, asked for, of an index."""
    data = pages.read(page)
    start = 100 if page == 1 else 0
    if data[start] != (_INDEX_LEAF if is_index else _TABLE_LEAF):
        return
    count = min(struct.unpack(">H", data[start + 3 : start + 5])[0], len(data) // 4)
    cells = struct.unpack(f">{count}H", data[start + 8 : start + 8 + 2 * count])
    for cell in cells:
        row = row_at(pages, CellPlace(page, cell), is_index=is_index)
        if row is not None:
            yield row


def row_at(pages: Pages, place: CellPlace, *, is_index: bool = False) -> Row | None:
    """Returns the row that lies there; None if that isn't one."""
    data = pages.read(place.page)
    try:
        size, at = _varint(data, place.cell)
        number, at = (0, at) if is_index else _varint(data, at)
        payload = _payload(pages, data, at, size, is_index=is_index)
        return Row(place, number, tuple(_values(payload)))
    except (IndexError, ValueError, struct.error):
        return None


def _payload(pages: Pages, data: bytes, at: int, size: int, *, is_index: bool) -> bytes:
    usable = pages.page_bytes
    most = (usable - 12) * 64 // 255 - 23 if is_index else usable - 35
    if size <= most:
        return data[at : at + size]
    if size > usable * pages.count:
        raise ValueError("longer than the file")
    least = (usable - 12) * 32 // 255 - 23
    local = least + (size - least) % (usable - 4)
    local = local if local <= most else least
    parts = [data[at : at + local]]
    (following,) = struct.unpack(">I", data[at + local : at + local + 4])
    left = size - local
    while left > 0:
        if not 0 < following <= pages.count:
            raise ValueError("its rest is missing")
        page = pages.read(following)
        (following,) = struct.unpack(">I", page[:4])
        parts.append(page[4 : 4 + left])
        left -= usable - 4
    return b"".join(parts)


def _values(payload: bytes) -> Iterator[Value]:
    header_bytes, at = _varint(payload, 0)
    types = []
    while at < header_bytes:
        kind, at = _varint(payload, at)
        types.append(kind)
    for kind in types:
        size = _size(kind)
        data = payload[at : at + size]
        if len(data) != size:
            raise ValueError("too short")
        at += size
        yield _value(kind, data)


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return _INTEGERS.get(kind, 8 if kind == _REAL else 0)


def _value(kind: int, data: bytes) -> Value:
    if kind >= 12:
        return data.decode() if kind % 2 else data
    if kind == 0:
        return None
    if kind == _REAL:
        number: float = struct.unpack(">d", data)[0]
        return number
    return kind - 8 if kind in (8, 9) else int.from_bytes(data, "big", signed=True)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Returns a number of variable length and where it ends."""
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64 if value >> 63 else 0), at + 9
