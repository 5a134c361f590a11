"""Images of a data set, as they are."""

from pathlib import Path
from typing import Any, Literal

from ..datasets import load
from .arrays import packed


def sample_images(
    name: str, split: Literal["train", "test"], start: int, count: int, cache_folder: Path
) -> dict[str, Any]:
    """Returns natural images, uint8 NHWC, as a typed array, and their labels."""
    images, labels = load(name, cache_folder=cache_folder).sample(split, start, count)
    return {"images": packed(images), "labels": labels.tolist()}
