"""What can be asked of the list of runs: which of them, and in which order."""

from typing import Any, Literal, NamedTuple

from ..events import Status
from ..external.described import Source
from .listed_run import ListedRun

Sort = Literal["newest", "oldest", "name", "accuracy", "edges"]
SortKey = tuple[Any, ...]
"""Where a run comes in an order, of JSON values; no two runs have the same."""
Start = int | SortKey | None
"""Where of an order a page begins: how many runs come before, or the key of the last one."""


class RunSearch(NamedTuple):
    """Which runs are asked for.

    Attributes:
        words: each must occur in a run's name, note, preset or id; case folded.
        seed: what its random numbers follow from.
        edges_from: the least share of its first filters that are edges or lines.
        pins_first: whether pinned ones come before all others.
    """

    words: tuple[str, ...] = ()
    preset: str | None = None
    source: Source | None = None
    status: Status | None = None
    pinned: bool | None = None
    sweep: str | None = None
    seed: int | None = None
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
            and (self.seed is None or run.seed == self.seed)
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
