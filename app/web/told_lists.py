"""Lists of runs as they are answered: each run is written out once, while nothing of it changes."""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from ..store import RunRow
from .answers.runs import Run

_LIMIT_BYTES = 6 * 1024**2


class WrittenRuns:
    """Runs as JSON, up to so many bytes together; those asked for longest ago give way.

    Any thread may ask.
    """

    def __init__(self, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, row: RunRow, last_heard_seconds: float | None = None) -> bytes:
        """Returns a run as the interface tells it."""
        if last_heard_seconds is not None:  # which is another at each moment
            return _written(row, last_heard_seconds)
        key = row.number, row.version
        with self._lock:
            if known := self._kept.get(key):
                self._kept.move_to_end(key)
                return known
        written = _written(row, None)
        with self._lock:
            self._keep(key, written)
        return written

    def _keep(self, key: tuple[int, int], written: bytes) -> None:
        self._bytes += len(written) - len(self._kept.pop(key, b""))
        self._kept[key] = written
        while self._bytes > self._limit_bytes:
            _, given_up = self._kept.popitem(last=False)
            self._bytes -= len(given_up)


def list_of(runs: Iterable[bytes], rest: dict[str, Any]) -> bytes:
    """Writes a list of runs that are written already, and what else is said of it."""
    text = json.dumps(rest, separators=(",", ":")).encode()
    return b'{"runs":[%b],%b' % (b",".join(runs), text[1:])


def _written(row: RunRow, last_heard_seconds: float | None) -> bytes:
    return Run.of(row, last_heard_seconds).model_dump_json().encode()
