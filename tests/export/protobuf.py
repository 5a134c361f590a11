"""Reads Protocol Buffers without knowing what they hold: numbers of fields, and their contents."""

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np


def fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Whole numbers as int, floats as float, everything else as bytes."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        kind = key & 7
        if kind == 0:
            value, place = _varint(message, place)
            yield key >> 3, value
        elif kind == 5:
            yield key >> 3, struct.unpack_from("<f", message, place)[0]
            place += 4
        else:
            assert kind == 2, kind
            length, place = _varint(message, place)
            assert place + length <= len(message)
            yield key >> 3, message[place : place + length]
            place += length


def every(message: bytes, number: int) -> list[Any]:
    return [content for found, content in fields(message) if found == number]


def only(message: bytes, number: int) -> Any:
    (content,) = every(message, number)
    return content


def tensors(graph: bytes) -> dict[str, Any]:
    """The arrays of an ONNX graph by name."""
    dtypes = {1: "<f4", 7: "<i8"}
    return {
        only(tensor, 8).decode(): np.frombuffer(only(tensor, 9), dtypes[only(tensor, 2)]).reshape(
            every(tensor, 1)
        )
        for tensor in every(graph, 5)
    }


def _varint(message: bytes, place: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = message[place]
        number |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return number, place
