"""Protocol Buffers as bytes: numbered fields, each a whole number, a float or a run of bytes.

After https://protobuf.dev/programming-guides/encoding/.
"""

import struct

_VARINT, _LENGTH, _FOUR_BYTES = 0, 2, 5


def varint(number: int) -> bytes:
    """Writes a whole number in groups of seven bits, the lowest first; negative ones as 64 bits.

    >>> varint(300).hex(), varint(-1).hex()
    ('ac02', 'ffffffffffffffffff01')
    """
    left = number & (2**64 - 1)
    groups = bytearray()
    while left > 0x7F:
        groups.append(left & 0x7F | 0x80)
        left >>= 7
    groups.append(left)
    return bytes(groups)


def whole(field: int, number: int) -> bytes:
    """Writes a field that is a whole number."""
    return _key(field, _VARINT) + varint(number)


def real(field: int, number: float) -> bytes:
    """Writes a field that is a float of four bytes."""
    return _key(field, _FOUR_BYTES) + struct.pack("<f", number)


def block(field: int, content: str | bytes) -> bytes:
    """Writes a field that is text, bytes, or a message of fields of its own."""
    data = content.encode() if isinstance(content, str) else content
    return _key(field, _LENGTH) + varint(len(data)) + data


def blocks(field: int, contents: list[bytes]) -> bytes:
    """Writes a repeated field."""
    return b"".join(block(field, content) for content in contents)


def _key(field: int, kind: int) -> bytes:
    return varint(field << 3 | kind)
