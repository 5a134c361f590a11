"""Reads `.fscope` files: what a watched training would have sent, and what of it is whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeGuard

from .packets import MAGIC, PacketBroken, PacketCut, encode_packet, packets_in

VERSION = 1


class NoRecording(ValueError):
    """Says why a file can't be opened, as a sentence without its full stop."""


def is_recording(path: Path) -> bool:
    """Tells by its first bytes whether `watch` wrote a file; what is no file isn't one."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class RecordedBatch:
    """Some items of a training, in the bytes in which they are sent.

    Attributes:
        first: the number of its first item, from 1.
        attempt: at which start of the program it was told, from 1.
        from_step: where that start went on.
        items: how many items it holds.
        body: one packet.
    """

    def __init__(self, header: dict[str, Any], blob: memoryview) -> None:
        self.first, self.attempt = _whole(header, "first"), _whole(header, "attempt")
        items = header.get("items")
        if not isinstance(items, list):
            raise NoRecording("it holds a packet without items")
        self.items = len(items)
        self.from_step = _first_step(header, items)
        self.body = b"".join(encode_packet(header, [blob]))


class Recording:
    """An open `.fscope` file, read from its beginning to its end, once.

    Attributes:
        key: under which the run is known, wherever it was sent.
        registration: what the training program said of itself.
        from_step: updates that were made before that program began.
        began: when the file was begun, seconds since 1970; 0 where it doesn't say.
        cut: why not all of the file counts, once its batches were read; None if it was whole.

    Raises:
        NoRecording: the file is none, or is cut before it tells anything.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._packets = packets_in(file)
        self.cut: str | None = None
        try:
            header, _ = next(self._packets)
        except StopIteration:
            raise NoRecording("it is empty") from None
        except PacketCut:
            raise NoRecording("it ends before it tells anything") from None
        except PacketBroken as why:
            raise NoRecording(f"it is no .fscope file: it {why}") from None
        if header.get("fscope") != VERSION:
            raise NoRecording("it is of another version of Filterscope")
        key, registration = header.get("key"), header.get("registration")
        if not isinstance(key, str) or not isinstance(registration, dict):
            raise NoRecording("it doesn't say which run it is of")
        self.key, self.registration = key, registration
        from_step, began = header.get("from_step"), header.get("began")
        self.from_step = from_step if _is_count(from_step) else 0
        self.began = began if _is_count(began) else 0

    @property
    def attempt(self) -> int:
        """At which start of the program it was told, as far as that program knew."""
        attempt = self.registration.get("attempt")
        return attempt if _is_count(attempt) else 1

    def batches(self) -> Iterator[RecordedBatch]:
        """Yields what is whole, in order; `cut` says afterwards why that isn't all.

        Raises:
            NoRecording: a packet is whole, but not of a recording.
        """
        try:
            for header, blob in self._packets:
                yield RecordedBatch(header, blob)
        except PacketCut as why:
            self.cut = f"its last packet {why}"
        except PacketBroken as why:
            self.cut = f"a packet of it {why}; what follows is left out"


def _first_step(header: dict[str, Any], items: list[Any]) -> int:
    steps = [item.get("step") for item in items[:1] if isinstance(item, dict)]
    first = header.get("from_step", steps[0] if steps else 0)
    first = first[0] if isinstance(first, list) and first else first
    return first if isinstance(first, int) else 0


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _whole(header: dict[str, Any], name: str) -> int:
    value = header.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise NoRecording(f"it holds a packet without {name}")
    return value
