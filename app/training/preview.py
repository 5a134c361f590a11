"""Frame 0 of a run that hasn't begun: who opens the page sees the filters before Start."""

import json
from pathlib import Path
from typing import Any

from ..events import EncodedEvent, streamed_kernel, wire_data
from ..recipe import Recipe
from ..telling.snapshots import SnapshotTaker
from .objectives import objective_of


def first_snapshot(recipe: Recipe, cache_folder: Path) -> EncodedEvent:
    """Returns the snapshot event at step 0, equal to the one that a run of `recipe` would tell."""
    network = objective_of(recipe, batch_size=1).network
    return SnapshotTaker(network, cache_folder).take(0, closely=True)


def preview(recipe: Recipe, cache_folder: Path) -> dict[str, Any]:
    """Returns the same as viewers of a run are told it."""
    event = first_snapshot(recipe, cache_folder)
    return {"snapshot": json.loads(wire_data(event.body, streamed_kernel(event)))}
