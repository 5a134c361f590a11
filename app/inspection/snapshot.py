"""A snapshot with the recipe it came from: all that questions about it are answered with."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..datasets import Dataset
from ..events import StoredArray
from ..recipe import Recipe
from ..training.data import load_dataset
from ..vocabulary.layers import AnyLayer


@dataclass(frozen=True)
class KeptSnapshot:
    """Weights of a run at one step. Equal ones are the same run's, or might as well be.

    What was worked out from one is kept under its hash, so that no key holds on to weights.

    Attributes:
        recipe_json: as the store keeps it; None where nobody knows how they were trained.
        arrays: the snapshot's, in order.
        cache_folder: where data sets and null tables are kept.
    """

    recipe_json: str | None
    arrays: tuple[StoredArray, ...]
    cache_folder: Path

    @cached_property
    def recipe(self) -> Recipe:
        """The validated recipe. Raises ValueError where there is none."""
        if self.recipe_json is None:
            raise ValueError("nobody knows how these weights were trained")
        return Recipe.model_validate_json(self.recipe_json)

    @property
    def layers(self) -> list[AnyLayer]:
        """The network's layers, in order."""
        return self.recipe.layers

    @property
    def dataset(self) -> Dataset:
        """The data that the run was trained on; the last few stay in memory."""
        return load_dataset(self.recipe, self.cache_folder)
