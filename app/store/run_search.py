"""What can be asked of the list of runs: which of them, and in which order."""

from typing import Any, Literal, NamedTuple

from ..events import Status
from ..external.described import Source
from .runs import RunRow

Sort = Literal["newest", "oldest", "name", "accuracy", "edges"]
SortKey = tuple[Any, ...]
"""Where a run comes in an order, of JSON values; no two runs have the same."""
Start = int | SortKey | None
"""Where of an order a page begins: how many runs come before, or the key of the last one."""
_LONGEST_KEY = 100  # characters of a name; runs whose names begin alike go by their age


class SweptRun(NamedTuple):
    """What of a run the map of its sweep tells besides: `error` is the code of why it failed."""

    sweep: str
    place: int
    step: int
    total_steps: int | None
    score: float | None
    error: str | None

    @classmethod
    def of(cls, run: RunRow) -> "SweptRun | None":
        """Takes it from a run as it stands; None if that is one of no sweep."""
        if run.sweep is None or run.place is None:
            return None
        error = None if run.error is None else run.error.get("code")
        return cls(run.sweep, run.place, run.step, run.total_steps, run.score, error)


class ListedRun(NamedTuple):
    """What of a run decides whether it is listed, and where.

    Attributes:
        accuracy: on the validation pictures, or where nobody has looked, on the newest batch.
        edges: share of its first filters that are edges or lines.
        text: all that a search looks at, case folded.
        swept: where it is one of a sweep.
    """

    number: int
    id: str
    name: str
    preset: str | None
    source: Source
    status: Status
    accuracy: float | None
    edges: float | None
    pinned: bool
    text: str
    swept: SweptRun | None = None

    @classmethod
    def of(cls, run: RunRow) -> "ListedRun":
        """Takes it from a run as it stands."""
        known = run.validation_accuracy
        return cls(
            number=run.number,
            id=run.id,
            name=run.name.casefold()[:_LONGEST_KEY],
            preset=run.preset,
            source=run.described.source,
            status=run.status,
            accuracy=run.accuracy if known is None else known,
            edges=run.oriented,
            pinned=run.annotations.pinned,
            text="\n".join(
                (run.name, run.annotations.note or "", run.preset or "", run.id)
            ).casefold(),
            swept=SweptRun.of(run),
        )


class RunSearch(NamedTuple):
    """Which runs are asked for.

    Attributes:
        words: each must occur in a run's name, note, preset or id; case folded.
        edges_from: the least share of its first filters that are edges or lines.
        pins_first: whether pinned ones come before all others.
    """

    words: tuple[str, ...] = ()
    preset: str | None = None
    source: Source | None = None
    status: Status | None = None
    pinned: bool | None = None
    sweep: str | None = None
    edges_from: float | None = None
    pins_first: bool = False
    sort: Sort = "newest"

    def accepts(self, run: ListedRun) -> bool:
        """Tells whether a run is one of them."""
        return (
            (self.preset is None or run.preset == self.preset)
            and (self.source is None or run.source == self.source)
            and (self.status is None or run.status == self.status)
            and (self.pinned is None or run.pinned == self.pinned)
            and (self.sweep is None or self.sweep == (run.swept and run.swept.sweep))
            and (self.edges_from is None or (run.edges or 0.0) >= self.edges_from)
            and all(word in run.text for word in self.words)
        )

    def key(self, run: ListedRun) -> SortKey:
        """Returns where it comes: the best first, those of which that isn't known last, and of
        equals the newest first.
        """
        key = self._sorted_by(run)
        return (not run.pinned, *key) if self.pins_first else key

    def _sorted_by(self, run: ListedRun) -> SortKey:
        newest = -run.number
        match self.sort:
            case "newest":
                return (newest,)
            case "oldest":
                return (run.number,)
            case "name":
                return (run.name, newest)
            case "accuracy":
                return (run.accuracy is None, -(run.accuracy or 0.0), newest)
            case "edges":
                return (run.edges is None, -(run.edges or 0.0), newest)
