"""Events of which everything is there: the row itself, and each array that came with it."""

from typing import NamedTuple

from ...events import EncodedEvent
from ..check_values import check_value
from .finding import Found
from .pages import Pages
from .records import CellPlace, Value, row_at


class WholeEvent(NamedTuple):
    """An event with all that lies beside it, as rows of the new database."""

    encoded: EncodedEvent
    recorded_at: float
    arrays: list[tuple[Value, ...]]
    thinned: list[tuple[Value, ...]]


class WholeEvents:
    """The whole events of one run."""

    def __init__(self, pages: Pages, found: Found, number: int) -> None:
        self._pages = pages
        self._found = found
        self._number = number

    def event(self, seq: int) -> WholeEvent | None:
        """Returns the event of that seq; None if anything of it is missing."""
        values = self._values(self._found.events.get((self._number, seq)))
        if not values:
            return None
        _, _, kind, step, body, recorded_at, count, value = (*values, None, None)[:8]
        arrays = self._arrays(seq, is_checked=value is not None)
        thinned = self._thinned(seq, is_checked=value is not None)
        if value is not None and count not in (len(arrays), len(thinned)):
            return None
        encoded = EncodedEvent(str(kind), int(step), str(body))  # type: ignore[arg-type]
        at = float(recorded_at or 0)
        return WholeEvent(encoded, at, arrays, [] if arrays else thinned)

    def _arrays(self, seq: int, *, is_checked: bool) -> list[tuple[Value, ...]]:
        return [
            row
            for row in self._rows(self._found.arrays.get((self._number, seq)))
            if self._is_known(seq, row[2], row[4], row[6], is_checked=is_checked)
        ]

    def _thinned(self, seq: int, *, is_checked: bool) -> list[tuple[Value, ...]]:
        return [
            row
            for row in self._rows(self._found.thinned.get((self._number, seq)))
            if self._is_known(seq, *row[2:5], is_checked=is_checked)
        ]

    def _rows(self, places: dict[str, CellPlace] | None) -> list[tuple[Value, ...]]:
        """Returns rows in the order in which they were written."""
        rows = [row_at(self._pages, place) for place in (places or {}).values()]
        there = sorted((row for row in rows if row), key=lambda row: row.number)
        return [row.values for row in there]

    def _is_known(
        self, seq: int, name: Value, shape: Value, sha256: Value, *, is_checked: bool
    ) -> bool:
        value = self._found.checks.get((self._number, seq, str(name)))
        if value is None:
            return not is_checked
        return value == check_value(self._number, seq, name, shape, sha256)

    def _values(self, place: CellPlace | None) -> tuple[Value, ...]:
        row = place and row_at(self._pages, place)
        return row.values if row else ()
