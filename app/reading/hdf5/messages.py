"""Object headers: the messages that describe a group or an array."""

import struct
from typing import Final, NamedTuple

from ..cursor import Cursor, damaged
from .space import AddressSpace

DATASPACE, LINK_INFO, DATATYPE, LINK, EXTERNAL_FILES = 0x01, 0x02, 0x03, 0x06, 0x07
LAYOUT, FILTERS, ATTRIBUTE, CONTINUATION, SYMBOL_TABLE = 0x08, 0x0B, 0x0C, 0x10, 0x11
ATTRIBUTE_INFO: Final = 0x15

_PREFIX: Final = struct.Struct("<HHB3x")
_IS_SHARED: Final = 2


class Message(NamedTuple):
    """One message: `kind` tells what of; `is_shared` if it only says where the real one lies."""

    kind: int
    data: bytes
    is_shared: bool


def messages_at(space: AddressSpace, address: int) -> list[Message]:
    """Reads the object header at an address."""
    first = space.header(address, 1, "an object header").take(1)
    if first == b"\x01":
        return _version_1(space, address)
    if first == b"O":
        return _version_2(space, address)
    raise damaged(f"there is no object header at byte {address:,}")


def _version_1(space: AddressSpace, address: int) -> list[Message]:
    prefix = space.header(address, 16, "an object header")
    prefix.take(2)
    count = prefix.number(2)
    prefix.take(4)
    blocks = [space.header(address + 16, prefix.number(4), "an object header")]
    found: list[Message] = []
    while blocks:
        block = blocks.pop()
        while block.left >= 8 and len(found) < count:
            space.step()
            kind, size, flags = block.numbers(_PREFIX)
            found.append(Message(kind, block.take(size), bool(flags & _IS_SHARED)))
            if kind == CONTINUATION:
                blocks.append(space.header(*_continued(found[-1]), "an object header"))
    return found


def _version_2(space: AddressSpace, address: int) -> list[Message]:
    prefix = space.header(address, min(64, space.file.size - address), "an object header")
    prefix.expect(b"OHDR\x02")
    flags = prefix.number(1)
    prefix.take(16 * bool(flags & 0x20) + 4 * bool(flags & 0x10))
    size = prefix.number(1 << (flags & 3))
    ordered = 2 * bool(flags & 4)
    blocks = [space.header(address + prefix.at, size, "an object header")]
    found: list[Message] = []
    while blocks:
        block = blocks.pop()
        while block.left >= 4 + ordered:
            space.step()
            kind, length, marks = block.number(1), block.number(2), block.number(1)
            block.take(ordered)
            found.append(Message(kind, block.take(length), bool(marks & _IS_SHARED)))
            if kind == CONTINUATION:
                blocks.append(_second_block(space, found[-1]))
    return found


def _second_block(space: AddressSpace, message: Message) -> Cursor:
    address, length = _continued(message)
    block = space.header(address, length - 4, "an object header")  # less its checksum
    block.expect(b"OCHK")
    return block


def _continued(message: Message) -> tuple[int, int]:
    place = Cursor(message.data, "an object header's continuation")
    return place.number(8), place.number(8)
