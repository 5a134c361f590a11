"""Attributes: the short texts and numbers that are kept beside a group or an array."""

from typing import Final

from ..contents import WeightsUnreadable
from ..cursor import Cursor, damaged
from .dense import dense_entries
from .messages import ATTRIBUTE, ATTRIBUTE_INFO, Message
from .numbers import Datatype, datatype_of, entries_in, shape_of
from .space import UNDEFINED, AddressSpace
from .text_heap import referred_text

_ATTRIBUTE_NAME_RECORD: Final = 8  # the type of a B-tree of attributes by name
_MOST_TEXTS: Final = 100_000
_STEPS: Final = 4  # an attribute takes as long as so many other things


class Attributes:
    """The attributes of one object; values are worked out when they are asked for."""

    def __init__(self, space: AddressSpace, messages: list[Message]) -> None:
        self._space = space
        kept = _all_of(space, messages)
        space.step(_STEPS * len(kept))
        self._found = dict(map(_named, kept))

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def text(self, name: str) -> str | None:
        """Returns a text; None if there is none of that name."""
        found = self.texts(name)
        return found[0] if found else None

    def texts(self, name: str) -> list[str]:
        """Returns a list of texts; none if there is no such attribute, or no text in it."""
        if name not in self._found:
            return []
        datatype, shape, data = self._found[name]
        count = entries_in(shape) if shape is not None else 0
        if count > _MOST_TEXTS:
            raise damaged(f"{name!r} is a list of {count:,} names")
        self._space.step(count)
        values = Cursor(data, f"the attribute {name[:80]!r}")
        if datatype.kind == "text":
            return [_decoded(values.take(datatype.size)) for _ in range(count)]
        if datatype.kind == "reference":
            return [_decoded(referred_text(self._space, values)) for _ in range(count)]
        return []

    def split_texts(self, name: str) -> list[str] | None:
        """Returns a list that may be split into name0, name1, … where it was long; or None."""
        if name in self._found:
            return self.texts(name)
        if f"{name}0" not in self._found:
            return None
        found: list[str] = []
        part = 0
        while f"{name}{part}" in self._found:
            found += self.texts(f"{name}{part}")
            part += 1
        return found


def _decoded(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("utf-8", "replace")


def _all_of(space: AddressSpace, messages: list[Message]) -> list[bytes]:
    found = [message.data for message in messages if message.kind == ATTRIBUTE]
    for message in messages:
        if message.kind == ATTRIBUTE_INFO:
            head = Cursor(message.data, "a list of attributes")
            head.take(1)
            head.take(2 * (head.number(1) & 1))
            heap, tree = head.number(8), head.number(8)
            if UNDEFINED not in (heap, tree):
                found += dense_entries(space, heap, tree, _ATTRIBUTE_NAME_RECORD)
    return found


def _named(data: bytes) -> tuple[str, tuple[Datatype, tuple[int, ...] | None, bytes]]:
    head = Cursor(data, "an attribute")
    version, flags = head.number(1), head.number(1)
    if version not in (1, 2, 3):
        raise damaged(f"an attribute of version {version}")
    sizes = head.number(2), head.number(2), head.number(2)
    head.take(1 if version == 3 else 0)
    parts = []
    for size in sizes:
        since = head.at
        parts.append(head.take(size))
        if version == 1:
            head.pad_to(8, since)
    name = _decoded(parts[0])
    if flags & 3:
        raise WeightsUnreadable(
            f"the type of its attribute {name[:80]!r} is shared; save it with h5py as it comes"
        )
    return name, (datatype_of(parts[1]), shape_of(parts[2]), head.take(head.left))
