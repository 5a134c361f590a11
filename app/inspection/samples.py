"""Images of a data set, as they are and as a network sees them."""

from pathlib import Path
from typing import Any, Literal

from ..datasets import load
from .arrays import packed


def sample_images(
    name: str,
    split: Literal["train", "test"],
    start: int,
    count: int,
    seen: dict[str, Any] | None,
    cache_folder: Path,
) -> dict[str, Any]:
    """Returns natural images, uint8 NHWC, as a typed array, and their labels.

    With `seen`, the scaling, pixels and seed of a recipe, also as its network sees them, float32.
    """
    data = load(name, cache_folder=cache_folder, **(seen or {}))
    images, labels = data.sample(split, start, count)
    inputs = None if seen is None else packed(data.as_seen(images))
    return {"images": packed(images), "labels": labels.tolist(), "inputs": inputs}
