"""The server's log on standard error: what is repeated is counted rather than written again."""

import logging
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

_WINDOW_SECONDS = 60.0
_DIFFERING_LINES = 4  # of one kind in a window: they differ in what they are about


class _Kind(NamedTuple):
    """What makes two records say the same: the sentence without what is put into it."""

    name: str
    level: int
    sentence: str
    problem: str


class _Repeated:
    """The records of one kind in the current window."""

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.left_out = 0
        self.newest = ""


class MergeRepeated(logging.Filter):
    """Lets the first of several like lines pass, and a few that differ in details.

    The others are counted; `report` tells how many there were. A log can't be filled that way.

    Args:
        clock: seconds, from any beginning.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since = clock()
        self._kinds: dict[_Kind, _Repeated] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tells whether a record is to be written; called with the handler's lock held."""
        if getattr(record, "is_report", False):
            return True
        repeated = self._kinds.setdefault(_kind_of(record), _Repeated())
        text = record.getMessage()
        if text in repeated.written or len(repeated.written) >= _DIFFERING_LINES:
            repeated.left_out += 1
            repeated.newest = text
            return False
        repeated.written.add(text)
        return True

    def report(self, *, is_last: bool = False) -> None:
        """Writes how often what was left out, once a window or for the last time."""
        if not is_last and self._clock() - self._since < _WINDOW_SECONDS:
            return
        kinds, self._kinds = self._kinds, {}
        seconds = self._clock() - self._since
        self._since += seconds
        for kind, repeated in kinds.items():
            if repeated.left_out:
                logging.getLogger(kind.name).log(
                    kind.level,
                    "%s (%d more like this in %.0f s)",
                    repeated.newest.strip(),
                    repeated.left_out,
                    seconds,
                    extra={"is_report": True},
                )


def _kind_of(record: logging.LogRecord) -> _Kind:
    problem = ""
    if record.exc_info and record.exc_info[0] is not None:
        trace = record.exc_info[2]
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        problem = f"{record.exc_info[0].__name__} {where}"
    return _Kind(record.name, record.levelno, str(record.msg), problem)


def write_log() -> MergeRepeated:
    """Has warnings and worse of all parts written to standard error; returns what merges them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    merging = MergeRepeated()
    handler.addFilter(merging)
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.addHandler(handler)
    return merging
