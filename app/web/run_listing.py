"""Which runs a list is to hold, and in which order: its parameters, and the cursors that go on."""

import base64
import json
import math
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Query

from ..events import Status
from ..external.described import Source
from ..store import RunSearch, Sort, SortKey, Start
from .problems import Problem

_MOST_DIGITS: Final = 15
_BY_AGE: Final = {"newest": -1, "oldest": 1}  # by the sign of a number in their keys
_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "name": (str, int),
    "accuracy": (bool, float, int),
    "edges": (bool, float, int),
}
_NOT_OF_THIS = (
    "This cursor doesn't go on with a list that is sorted by {}: leave it out to begin anew."
)

_ONE_OF_BOTH = "A cursor or an offset says where a page begins, never both: leave one out."

Cursor = Annotated[
    str | None,
    Query(pattern="^[0-9A-Za-z_-]{1,1000}$", description="`next_cursor` of the page before"),
]

Offset = Annotated[
    int | None,
    Query(ge=0, le=10_000_000, description="how many come before, where no cursor says it"),
]


def asked_runs(
    q: Annotated[
        str | None,
        Query(max_length=200, description="words that all occur in its name, note, preset or id"),
    ] = None,
    preset: Annotated[str | None, Query(max_length=100)] = None,
    source: Annotated[Source | None, Query(description="who trained it")] = None,
    status: Status | None = None,
    pinned: bool | None = None,
    sweep: Annotated[str | None, Query(max_length=40, description="of which sweep")] = None,
    seed: Annotated[
        int | None, Query(ge=0, lt=2**64, description="what its random numbers follow from")
    ] = None,
    edges_from: Annotated[
        float | None,
        Query(ge=0, le=1, description="least share of its filters that are edges or lines"),
    ] = None,
    pins: Annotated[
        Literal["first"] | None, Query(description="pinned ones before all others")
    ] = None,
    sort: Annotated[
        Sort, Query(description="the best first; where it isn't known, last")
    ] = "newest",
) -> RunSearch:
    """Returns which runs are asked for."""
    words = tuple((q or "").casefold().split())
    first = pins == "first"
    return RunSearch(words, preset, source, status, pinned, sweep, seed, edges_from, first, sort)


AskedRuns = Annotated[RunSearch, Depends(asked_runs)]


def cursor_of(search: RunSearch, last: SortKey) -> str:
    """Writes where a page ends, as the next one is asked for."""
    if _is_by_number(search):
        return str(abs(last[0]))
    text = json.dumps(last, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def start_of(search: RunSearch, cursor: str | None, offset: int | None) -> Start:
    """Reads where a page begins; None where it is the first.

    Raises:
        Problem: 422 the cursor is none of such a list, or both are given.
    """
    if cursor is not None and offset is not None:
        raise Problem(422, "invalid", _ONE_OF_BOTH, field="offset")
    return offset if cursor is None else _key_of(search, cursor)


def _key_of(search: RunSearch, cursor: str) -> SortKey:
    if _is_by_number(search):
        if cursor.isdecimal() and len(cursor) <= _MOST_DIGITS:
            return (_BY_AGE[search.sort] * int(cursor),)
    elif (key := _decoded(cursor)) is not None and _is_of(_kinds_of(search), key):
        return key
    raise Problem(422, "invalid", _NOT_OF_THIS.format(search.sort), field="cursor")


def _is_by_number(search: RunSearch) -> bool:
    return search.sort in _BY_AGE and not search.pins_first


def _kinds_of(search: RunSearch) -> tuple[type, ...]:
    kinds = _KINDS.get(search.sort, (int,))
    return (bool, *kinds) if search.pins_first else kinds


def _decoded(cursor: str) -> SortKey | None:
    try:
        key: Any = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    return tuple(key) if isinstance(key, list) else None


def _is_of(kinds: tuple[type, ...], key: SortKey) -> bool:
    return len(key) == len(kinds) and all(
        type(part) is kind and (not isinstance(part, float) or math.isfinite(part))
        for part, kind in zip(key, kinds, strict=True)
    )
