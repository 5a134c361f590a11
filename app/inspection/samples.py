"""Images of a data set, as they are."""

from pathlib import Path
from typing import Literal

from ..datasets import load


def sample_images(
    name: str, split: Literal["train", "test"], start: int, count: int, cache_folder: Path
) -> tuple[tuple[int, ...], bytes, list[int]]:
    """Returns shape and bytes of natural images, uint8 NHWC, and their labels."""
    images, labels = load(name, cache_folder=cache_folder).sample(split, start, count)
    return images.shape, images.tobytes(), labels.tolist()
