"""A packet that is cut or damaged anywhere is told from a whole one."""

import io
import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.external.packets import (
    LARGEST_HEADER_BYTES,
    LARGEST_PACKET_BYTES,
    PacketBroken,
    PacketCut,
    decode_packet,
    encode_packet,
    packets_in,
    shapes_fit,
)

HEADER = {"items": [{"kind": "snapshot", "step": 0}], "name": "Netz „ü“"}
ARRAYS = (struct.pack("<3f", 1.0, -0.0, 3.5), struct.pack("<2f", 4.0, 1e-45))


def packet(header: object = HEADER, arrays: tuple[bytes, ...] = ARRAYS) -> bytes:
    return b"".join(encode_packet(header, arrays))  # type: ignore[arg-type]


def crafted(text: bytes, blob: bytes = b"") -> bytes:
    check = zlib.crc32(text + blob)
    return struct.pack("<4sIII", b"FSC1", len(text), len(blob), check) + text + blob


def test_what_was_encoded_is_decoded_to_the_bit() -> None:
    header, blob = decode_packet(packet())
    assert header == HEADER
    assert bytes(blob) == b"".join(ARRAYS)
    assert shapes_fit([[3], [2, 1]], blob)
    assert not shapes_fit([[3], [3]], blob)


def test_a_file_is_read_frame_by_frame() -> None:
    file = io.BytesIO(packet() + packet({"items": []}, ()) + packet())
    assert [len(read.blob) for read in packets_in(file)] == [20, 0, 20]


def test_a_file_cut_at_any_byte_keeps_what_is_whole_before_it() -> None:
    whole = packet()
    for cut in range(1, len(whole)):
        reading = packets_in(io.BytesIO(whole + whole[:cut]))
        assert next(reading).header == HEADER
        with pytest.raises(PacketCut):
            next(reading)


@given(st.integers(0, len(packet()) - 1), st.integers(1, 255))
def test_one_wrong_byte_anywhere_is_noticed(place: int, change: int) -> None:
    damaged = bytearray(packet())
    damaged[place] ^= change
    with pytest.raises(PacketBroken):
        decode_packet(bytes(damaged))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "ends before"),
        (b"FS", "ends before"),
        (b"PK\x03\x04" + bytes(40), "begin with FSC1"),
        (packet() + b"x", "followed by 1 bytes"),
        (packet()[:-1], "1 bytes too early"),
        (crafted(b"[]"), "no JSON object"),
        (crafted(b"{"), "isn't JSON"),
        (crafted(b'{"a": NaN}'), "isn't JSON"),
        (crafted(b"\xff\xfe"), "isn't JSON"),
        (crafted(b'{"a":' + b"[" * 100_000), "isn't JSON"),
        (crafted(b"{}", b"abc"), "whole number of float32"),
        (struct.pack("<4sIII", b"FSC1", LARGEST_HEADER_BYTES + 1, 0, 0), "header of"),
        (struct.pack("<4sIII", b"FSC1", 2, LARGEST_PACKET_BYTES, 0), "are allowed"),
    ],
)
def test_what_is_no_frame_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(PacketBroken, match=says):
        decode_packet(data)


def test_what_json_cannot_hold_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode_packet({"loss": float("nan")})
    with pytest.raises(PacketBroken):
        encode_packet({}, [bytes(LARGEST_PACKET_BYTES)])
    assert json.loads(encode_packet({"a": 1})[1]) == {"a": 1}
