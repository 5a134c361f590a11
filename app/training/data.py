"""The data set that a recipe names."""

import functools
from pathlib import Path

from .. import datasets
from ..datasets import Dataset
from ..recipe import Recipe


def load_dataset(recipe: Recipe, cache_folder: Path) -> Dataset:
    """Loads the recipe's data; the last few stay in memory for the next run."""
    is_spoiled = (recipe.pixels, recipe.labels) != ("natural", "true")
    return _load(
        recipe.dataset,
        scaling=recipe.scaling,
        pixels=recipe.pixels,
        labels=recipe.labels,
        seed=recipe.seed if is_spoiled else 0,
        data_seed=recipe.data_seed,
        cache_folder=cache_folder,
    )


_load = functools.lru_cache(maxsize=2)(datasets.load)


def forget() -> None:
    """Lets go of the data that stay in memory."""
    _load.cache_clear()
