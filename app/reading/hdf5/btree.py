"""B-trees of version 2: lists of records, in blocks that point to one another."""

from typing import Final

from ..cursor import Cursor, damaged
from .space import AddressSpace

_MOST_RECORDS: Final = 200_000
_DEEPEST: Final = 16
_NODE_BYTES: Final = 10  # signature, version, type, checksum


def records_of(space: AddressSpace, address: int, kind: int) -> list[bytes]:
    """Returns all records of a tree, which must be of this type."""
    head = space.header(address, 38, "a B-tree")
    head.expect(b"BTHD\0" + bytes([kind]))
    node_bytes, record_bytes, depth = head.number(4), head.number(2), head.number(2)
    head.take(2)
    root, count, total = head.number(8), head.number(2), head.number(8)
    if not record_bytes or depth > _DEEPEST or total > _MOST_RECORDS or node_bytes < 64:
        raise damaged("a B-tree of it is larger or deeper than any is")
    if not total:
        return []
    widths = _pointer_widths(node_bytes, record_bytes, depth)
    found: list[bytes] = []
    nodes = [(root, count)]
    for level in range(depth, -1, -1):
        below: list[tuple[int, int]] = []
        for at, records in nodes:
            space.step(records)
            node = space.header(at, node_bytes, "a B-tree")
            node.expect((b"BTIN\0" if level else b"BTLF\0") + bytes([kind]))
            found += [node.take(record_bytes) for _ in range(records)]
            if level:
                below += [_pointer(node, *widths[level]) for _ in range(records + 1)]
        if len(found) > total:
            raise damaged("a B-tree of it holds more than it says")
        nodes = below
    return found


def _pointer(node: Cursor, counts: int, totals: int) -> tuple[int, int]:
    address, records = node.number(8), node.number(counts)
    node.take(totals)
    return address, records


def _pointer_widths(node: int, record: int, depth: int) -> list[tuple[int, int]]:
    """Gives, level by level, how many bytes tell a child's records and all those under it."""
    most = total = (node - _NODE_BYTES) // record
    counts = _bytes_for(most)
    widths, below = [(counts, 0)], 0
    for _ in range(depth):
        widths.append((counts, below))
        pointer = 8 + counts + below
        most = (node - _NODE_BYTES - pointer) // (record + pointer)
        total = (most + 1) * total + most
        below = _bytes_for(total)
    return widths


def _bytes_for(number: int) -> int:
    return max(1, (number.bit_length() + 7) // 8)
