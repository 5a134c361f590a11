"""Frame 0 of a run that hasn't begun: who opens the page sees the filters before Start."""

from pathlib import Path

from ..events import EncodedEvent
from ..recipe import Recipe
from ..telling.snapshots import SnapshotTaker
from .objectives import objective_of


def first_snapshot(recipe: Recipe, cache_folder: Path) -> EncodedEvent:
    """Returns the snapshot event at step 0, equal to the one that a run of `recipe` would tell."""
    network = objective_of(recipe, batch_size=1).network
    return SnapshotTaker(network, cache_folder).take(0, closely=True)
