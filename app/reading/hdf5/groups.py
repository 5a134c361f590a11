"""Groups: which names lead to which objects."""

import struct
from typing import Final

from ..contents import WeightsUnreadable
from ..cursor import Cursor, damaged
from .dense import dense_entries
from .messages import LINK, LINK_INFO, SYMBOL_TABLE, Message
from .space import UNDEFINED, AddressSpace

_ENTRY: Final = struct.Struct("<QQI20x")
_DEEPEST: Final = 32
_LINK_NAME_RECORD: Final = 5  # the type of a B-tree of links by name


def links_of(space: AddressSpace, messages: list[Message]) -> dict[str, int]:
    """Returns the addresses of what lies in a group; a link that leads elsewhere is refused."""
    found: dict[str, int] = {}
    for message in messages:
        if message.kind == SYMBOL_TABLE:
            place = Cursor(message.data, "a group")
            found |= _old_links(space, place.number(8), place.number(8))
        elif message.kind == LINK:
            found.update([_link(message.data)])
        elif message.kind == LINK_INFO:
            found.update(map(_link, _dense_links(space, message.data)))
    return found


def _old_links(space: AddressSpace, tree: int, heap: int) -> dict[str, int]:
    names = _local_heap(space, heap)
    found: dict[str, int] = {}
    for leaf in _leaves(space, tree):
        head = space.header(leaf, 8, "a group's table")
        head.expect(b"SNOD")
        head.take(2)
        count = head.number(2)
        space.step(count)
        table = space.header(leaf + 8, 40 * count, "a group's table")
        for _ in range(count):
            at, address, cached = table.numbers(_ENTRY)
            end = names.find(b"\0", at)
            if at >= len(names) or end < 0:
                raise damaged("a name in a group lies outside its heap")
            name = names[at:end].decode("utf-8", "replace")
            if cached == 2:
                raise _leads_elsewhere(name)
            found[name] = address
    return found


def _local_heap(space: AddressSpace, address: int) -> bytes:
    head = space.header(address, 32, "a group's heap")
    head.expect(b"HEAP")
    head.take(4)
    size = head.number(8)
    head.take(8)
    return space.header(head.number(8), size, "a group's heap").take(size)


def _leaves(space: AddressSpace, tree: int) -> list[int]:
    """Returns the addresses of the tables under a B-tree of version 1."""
    level, nodes = None, [tree]
    for _ in range(_DEEPEST):
        children: list[int] = []
        for address in nodes:
            head = space.header(address, 24, "a group's B-tree")
            head.expect(b"TREE\0")
            depth, count = head.number(1), head.number(2)
            if level is not None and depth != level - 1:
                raise damaged("a B-tree of a group has nodes at the wrong level")
            space.step(count)
            table = space.header(address + 24, 16 * count, "a group's B-tree")
            for _ in range(count):
                table.take(8)
                children.append(table.number(8))
        level = depth
        if level == 0:
            return children
        nodes = children
    raise damaged("a B-tree of a group is deeper than any is")


def _dense_links(space: AddressSpace, data: bytes) -> list[bytes]:
    head = Cursor(data, "a group's description")
    head.take(1)
    head.take(8 * (head.number(1) & 1))
    heap, tree = head.number(8), head.number(8)
    if UNDEFINED in (heap, tree):
        return []
    return dense_entries(space, heap, tree, _LINK_NAME_RECORD)


def _link(data: bytes) -> tuple[str, int]:
    head = Cursor(data, "a link")
    head.expect(b"\x01")
    flags = head.number(1)
    kind = head.number(1) if flags & 8 else 0
    head.take(8 * bool(flags & 4) + bool(flags & 16))
    name = head.take(head.number(1 << (flags & 3))).decode("utf-8", "replace")
    if kind != 0:
        raise _leads_elsewhere(name)
    return name, head.number(8)


def _leads_elsewhere(name: str) -> WeightsUnreadable:
    return WeightsUnreadable(
        f"{name[:80]!r} in it is a link to somewhere else, which isn't followed;"
        " save the model itself"
    )
