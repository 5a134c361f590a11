"""The functions that need NumPy; they run in the `Aside`, never in the server's own process."""

from pathlib import Path
from typing import Literal

from app.events import EncodedEvent
from app.recipe import Recipe


def first_snapshot(recipe: Recipe, cache_folder: Path) -> EncodedEvent:
    """Frame 0 of a run of `recipe`, as training will find it, without its data."""
    from app.training.build import build_network
    from app.training.snapshots import SnapshotTaker

    return SnapshotTaker(build_network(recipe, batch_size=1), cache_folder).take(0)


def sample_images(
    name: str, split: Literal["train", "test"], start: int, count: int, cache_folder: Path
) -> tuple[tuple[int, ...], bytes, list[int]]:
    """Shape and bytes of natural images, uint8 NHWC, and their labels."""
    from app.datasets import load

    images, labels = load(name, cache_folder=cache_folder).sample(split, start, count)
    return images.shape, images.tobytes(), labels.tolist()
