"""The functions that need NumPy; they run in the `Aside`, never in the server's own process."""

from pathlib import Path
from typing import Literal

from app.events import EncodedEvent
from app.recipe import Recipe


def first_snapshot(recipe: Recipe, cache_folder: Path) -> EncodedEvent:
    """The snapshot event at step 0 of a run of `recipe`."""
    from app.training import preview

    return preview.first_snapshot(recipe, cache_folder)


def sample_images(
    name: str, split: Literal["train", "test"], start: int, count: int, cache_folder: Path
) -> tuple[tuple[int, ...], bytes, list[int]]:
    """Shape and bytes of natural images, uint8 NHWC, and their labels."""
    from app.datasets import load

    images, labels = load(name, cache_folder=cache_folder).sample(split, start, count)
    return images.shape, images.tobytes(), labels.tolist()
