"""Data sets of few images, for what doesn't hang on how many one learns from or is tried on."""

import copy
from dataclasses import replace

from app.datasets import Dataset

IMAGES = 600  # more than are tried at a time, and no multiple of it


def shortened(dataset: Dataset) -> Dataset:
    """The same data with the first images alone: to scale and to try all of them takes longest."""
    short = copy.copy(dataset)
    short.info = replace(dataset.info, train_size=IMAGES, test_size=IMAGES)
    short._kept = {}
    short._parts = {
        split: replace(part, true_labels=part.true_labels[:IMAGES], labels=part.labels[:IMAGES])
        for split, part in dataset._parts.items()
    }
    return short
