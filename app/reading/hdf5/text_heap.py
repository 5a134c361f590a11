"""Global heaps: where texts lie that may be of any length."""

from ..cursor import Cursor, damaged
from .space import AddressSpace


def referred_text(space: AddressSpace, reference: Cursor) -> bytes:
    """Returns the text that the next 16 bytes stand for."""
    length, address, index = reference.number(4), reference.number(8), reference.number(4)
    if length == 0 or address == 0:
        return b""
    if address not in space.heaps:
        space.heaps[address] = _places(space, address)
    at, size = space.heaps[address].get(index, (0, 0))
    if length > size:
        raise damaged("a text lies in no heap of it")
    return space.header(at, length, "a heap of texts").take(length)


def _places(space: AddressSpace, address: int) -> dict[int, tuple[int, int]]:
    """Returns address and length of every text in a heap, by its number."""
    head = space.header(address, 16, "a heap of texts")
    head.expect(b"GCOL\x01")
    head.take(3)
    end, at = address + head.number(8), address + 16
    found: dict[int, tuple[int, int]] = {}
    while at + 16 <= end:
        entry = space.header(at, 16, "a heap of texts")
        number = entry.number(2)
        entry.take(6)
        size = entry.number(8)
        if number == 0:  # what is free, to the end
            break
        found[number] = at + 16, size
        at += 16 + size + -size % 8
    return found
