"""Runs that are asked for, in the order that is asked for, kept while nothing of them changes."""

from bisect import bisect_right
from collections import OrderedDict
from operator import itemgetter

from .listed_run import ListedRun
from .run_search import RunSearch, SortKey

Placed = tuple[SortKey, int]
"""Where a run comes, and its number."""

_MOST_KEPT = 4  # searches: of ten thousand runs each takes some two megabytes


class RunOrder:
    """The runs of one search. Blocks of them that are as they were aren't looked at again."""

    def __init__(self, search: RunSearch) -> None:
        self._search = search
        self._blocks: dict[int, tuple[list[ListedRun], list[Placed]]] = {}
        self._placed: list[Placed] = []

    def of(self, blocks: list[list[ListedRun]]) -> list[Placed]:
        """Returns them, of these blocks: the same list object as long as all is as it was."""
        if len(blocks) == len(self._blocks) and all(id(block) in self._blocks for block in blocks):
            return self._placed
        self._blocks = {id(block): self._of_block(block) for block in blocks}
        self._placed = [one for _, placed in self._blocks.values() for one in placed]
        self._placed.sort()
        return self._placed

    def _of_block(self, block: list[ListedRun]) -> tuple[list[ListedRun], list[Placed]]:
        # With what is kept here goes the block itself, so that no other can have its id.
        if known := self._blocks.get(id(block)):
            return known
        accepts, key = self._search.accepts, self._search.key
        return block, sorted((key(run), run.number) for run in block if accepts(run))


class RunOrders:
    """The orders that were asked for last. Only one thread at a time may ask."""

    def __init__(self) -> None:
        self._kept: OrderedDict[RunSearch, RunOrder] = OrderedDict()

    def of(self, search: RunSearch, blocks: list[list[ListedRun]]) -> list[Placed]:
        """Returns the runs of these blocks that a search asks for, in its order."""
        order = self._kept.setdefault(search, RunOrder(search))
        self._kept.move_to_end(search)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return order.of(blocks)


def place_after(placed: list[Placed], after: SortKey | None) -> int:
    """Returns how many come up to a key."""
    return 0 if after is None else bisect_right(placed, after, key=itemgetter(0))
