"""The operations of a pickle that put a plain value on the stack: numbers, text, nothing."""

import struct
from collections.abc import Callable
from typing import Final

from ..contents import WeightsUnreadable
from .text import PickleText

_MOST_DIGITS: Final = 400
_LEFT_OUT: Final = ""  # in place of a string that is too long to mean anything here


def _whole(line: bytes) -> object:
    if line in (b"00", b"01"):  # how the oldest protocol writes False and True
        return line == b"01"
    if len(line) > _MOST_DIGITS:
        raise WeightsUnreadable("its pickle has a number of more digits than any that counts")
    return int(line.removesuffix(b"L"), 0)


def _long(text: PickleText, size: int) -> int:
    if size > _MOST_DIGITS:
        raise WeightsUnreadable("its pickle has a number of more digits than any that counts")
    return int.from_bytes(text.take(size), "little", signed=True)


def _unicode(text: PickleText, size: int) -> str:
    found = text.text(size)
    return _LEFT_OUT if found is None else found.decode("utf-8", "replace")


def _latin(text: PickleText, size: int) -> str:
    found = text.text(size)
    return _LEFT_OUT if found is None else found.decode("latin-1")


def _quoted(text: PickleText) -> str:
    line = text.line()
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b"'", b'"'):
        raise WeightsUnreadable("its pickle has a string without quotes; save it once more")
    return line[1:-1].decode("latin-1")


def _bytes(text: PickleText, size: int) -> bytes:
    return text.text(size) or b""


VALUES: Final[dict[bytes, Callable[[PickleText], object]]] = {
    b"N": lambda _text: None,
    b"\x88": lambda _text: True,
    b"\x89": lambda _text: False,
    b"I": lambda text: _whole(text.line()),
    b"L": lambda text: _whole(text.line()),
    b"J": lambda text: int.from_bytes(text.take(4), "little", signed=True),
    b"K": lambda text: text.byte(),
    b"M": lambda text: text.number(2),
    b"\x8a": lambda text: _long(text, text.byte()),
    b"\x8b": lambda text: _long(text, text.number(4)),
    b"F": lambda text: float(text.line()),
    b"G": lambda text: struct.unpack(">d", text.take(8))[0],
    b"S": _quoted,
    b"T": lambda text: _latin(text, text.number(4)),
    b"U": lambda text: _latin(text, text.byte()),
    b"V": lambda text: text.line().decode("raw-unicode-escape"),
    b"X": lambda text: _unicode(text, text.number(4)),
    b"\x8c": lambda text: _unicode(text, text.byte()),
    b"\x8d": lambda text: _unicode(text, text.number(8)),
    b"B": lambda text: _bytes(text, text.number(4)),
    b"C": lambda text: _bytes(text, text.byte()),
    b"\x8e": lambda text: _bytes(text, text.number(8)),
    b"\x96": lambda text: _bytes(text, text.number(8)),
    b")": lambda _text: (),
    b"]": lambda _text: [],
    b"\x8f": lambda _text: [],  # a set; what is in it needn't be compared
    b"}": lambda _text: {},
}
