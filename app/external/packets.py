"""Packets: how weights and what was logged travel to a server, and lie in an `.fscope` file.

One packet is one request's body; a file is packets one after the other, so that it can be cut at
any byte and what is whole before the cut still counts.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

MEDIA_TYPE = "application/vnd.filterscope.batch"
LARGEST_HEADER_BYTES = 1024**2
LARGEST_PACKET_BYTES = 8 * 1024**2

MAGIC = b"FSC1"
_LENGTHS = struct.Struct("<4sIII")  # magic, bytes of the header, bytes of the arrays, check value


class PacketBroken(ValueError):
    """Says why bytes aren't a packet, as what follows "The packet"."""


class PacketCut(PacketBroken):
    """The bytes end before the packet does."""


class Packet(NamedTuple):
    """What a packet holds.

    Attributes:
        header: an object as JSON has it.
        blob: arrays of little-endian float32, back to back; the header says whose they are.
    """

    header: dict[str, Any]
    blob: memoryview


def encode_packet(
    header: dict[str, Any],
    arrays: Iterable[bytes | memoryview] = (),
    most_bytes: int = LARGEST_PACKET_BYTES,
) -> list[bytes]:
    """Makes a packet, in pieces to be sent or written one after the other.

    Args:
        header: what JSON can hold; its numbers are finite.
        arrays: the bytes of arrays, each a whole number of float32.
        most_bytes: that it may have; more than usual where it stays on this machine.

    Raises:
        ValueError: the header can't be written as JSON, or the packet would be too large.
    """
    text = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    pieces = [bytes(array) for array in arrays]
    size = sum(map(len, pieces))
    _check_lengths(len(text), size, most_bytes)
    check = zlib.crc32(text)
    for piece in pieces:
        check = zlib.crc32(piece, check)
    return [_LENGTHS.pack(MAGIC, len(text), size, check), text, *pieces]


def decode_packet(data: bytes, most_bytes: int = LARGEST_PACKET_BYTES) -> Packet:
    """Reads the packet that `data` is, to its last byte; it has no more than `most_bytes`.

    Raises:
        PacketBroken: it is none, is damaged, is too large, or something follows it.
    """
    packet, end = _packet_at(memoryview(data), 0, most_bytes)
    if end != len(data):
        raise PacketBroken(f"is followed by {len(data) - end:,} bytes more")
    return packet


def packets_in(file: BinaryIO, most_bytes: int = LARGEST_PACKET_BYTES) -> Iterator[Packet]:
    """Reads packets one after the other until the file ends; none has more than `most_bytes`.

    Raises:
        PacketCut: the file ends inside a packet; those before it were whole.
        PacketBroken: something in it isn't what was written.
    """
    while start := file.read(_LENGTHS.size):
        lengths = _lengths_of(start, most_bytes)
        yield _checked(lengths, memoryview(file.read(lengths.header + lengths.blob)))


def shapes_fit(shapes: Sequence[Sequence[int]], blob: memoryview) -> bool:
    """Tells whether arrays of those shapes fill the blob to its last byte."""
    return 4 * sum(map(_entries, shapes)) == len(blob)


class _Lengths(NamedTuple):
    header: int
    blob: int
    check: int


def _packet_at(
    data: memoryview, start: int, most_bytes: int = LARGEST_PACKET_BYTES
) -> tuple[Packet, int]:
    begin = start + _LENGTHS.size
    lengths = _lengths_of(data[start:begin], most_bytes)
    end = begin + lengths.header + lengths.blob
    return _checked(lengths, data[begin:end]), end


def _lengths_of(start: bytes | memoryview, most_bytes: int = LARGEST_PACKET_BYTES) -> _Lengths:
    if bytes(start[: len(MAGIC)]) != MAGIC[: len(start)]:
        raise PacketBroken(f"doesn't begin with {MAGIC.decode()}")
    if len(start) < _LENGTHS.size:
        raise PacketCut("ends before its lengths do")
    _, *numbers = _LENGTHS.unpack(start)
    lengths = _Lengths(*numbers)
    _check_lengths(lengths.header, lengths.blob, most_bytes)
    return lengths


def _check_lengths(header: int, blob: int, most_bytes: int) -> None:
    if header > LARGEST_HEADER_BYTES:
        raise PacketBroken(
            f"has a header of {header:,} bytes; {LARGEST_HEADER_BYTES:,} are allowed"
        )
    if (size := _LENGTHS.size + header + blob) > most_bytes:
        raise PacketBroken(f"has {size:,} bytes; {most_bytes:,} are allowed")
    if blob % 4:
        raise PacketBroken(f"has {blob:,} bytes of arrays, which is no whole number of float32")


def _checked(lengths: _Lengths, rest: memoryview) -> Packet:
    if len(rest) < lengths.header + lengths.blob:
        missing = lengths.header + lengths.blob - len(rest)
        raise PacketCut(f"ends {missing:,} bytes too early")
    if zlib.crc32(rest) != lengths.check:
        raise PacketBroken("isn't what was sent: its check value is another")
    return Packet(_object_in(rest[: lengths.header]), rest[lengths.header :])


def _object_in(text: memoryview) -> dict[str, Any]:
    try:
        header = json.loads(bytes(text), parse_constant=_refused)
    except (ValueError, RecursionError):
        raise PacketBroken("has a header that isn't JSON") from None
    if not isinstance(header, dict):
        raise PacketBroken("has a header that is no JSON object")
    return header


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} isn't JSON")


def _entries(shape: Sequence[int]) -> int:
    entries = 1
    for side in shape:
        entries *= side
    return entries
