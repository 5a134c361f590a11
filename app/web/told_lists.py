"""Runs in lists as they are answered: each is written out once, while nothing of it changes."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from ..store import RunRow
from .answers.runs import Run

_LIMIT_BYTES = 6 * 1024**2


class WrittenOnce:
    """What was written out, up to so many bytes together; what was asked for longest ago gives way.

    Any thread may ask.
    """

    def __init__(self, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, write: Callable[[], bytes]) -> bytes:
        """Returns what is kept under `key`, or what `write` returns."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        written = write()
        with self._lock:
            self._keep(key, written)
        return written

    def _keep(self, key: Hashable, written: bytes) -> None:
        self._bytes += len(written) - len(self._kept.pop(key, b""))
        self._kept[key] = written
        while self._bytes > self._limit_bytes:
            _, given_up = self._kept.popitem(last=False)
            self._bytes -= len(given_up)


def written_run(kept: WrittenOnce, row: RunRow, last_heard_seconds: float | None) -> bytes:
    """Returns a run as the interface tells it."""

    def write() -> bytes:
        return Run.of(row, last_heard_seconds).model_dump_json().encode()

    if last_heard_seconds is not None:  # which is another at each moment
        return write()
    return kept.of(("run", row.number, row.version), write)


def list_of(name: str, members: Iterable[bytes], rest: dict[str, Any]) -> bytes:
    """Writes a list of what is written already, under a name, and what else is said of it."""
    text = json.dumps(rest, separators=(",", ":")).encode().removeprefix(b"{")
    return b'{"%b":[%b]%b%b' % (name.encode(), b",".join(members), b"," if rest else b"", text)
