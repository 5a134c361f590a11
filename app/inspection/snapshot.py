"""A snapshot with the recipe it came from: all that questions about it are answered with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..analysis import filters_of
from ..datasets import Dataset
from ..events import StoredArray
from ..external.described import Described, KnownNetwork
from ..kept_pictures import PicturesGone
from ..recipe import Recipe
from ..training.data import load_dataset
from ..vocabulary.layers import AnyLayer
from ..vocabulary.layers.naming import kernel_name, weight_name
from .arrays import unpacked
from .refused import Missing


@dataclass(frozen=True)
class KeptSnapshot:
    """Weights of a run at one step. Equal ones are the same run's, or might as well be.

    What was worked out from one is kept under its hash, so that no key holds on to weights.

    Attributes:
        recipe_json: as the store keeps it; None where nobody knows how they were trained.
        arrays: the snapshot's, in order.
        cache_folder: where data sets and null tables are kept.
        described: what the run is known by, where it is none of ours.
    """

    recipe_json: str | None
    arrays: tuple[StoredArray, ...]
    cache_folder: Path
    described: Described | None = None

    @cached_property
    def recipe(self) -> Recipe:
        """The validated recipe. Raises ValueError where there is none."""
        if self.recipe_json is None:
            raise ValueError("nobody knows how these weights were trained")
        return Recipe.model_validate_json(self.recipe_json)

    @property
    def network(self) -> KnownNetwork | None:
        """The network of a run from elsewhere, if all of it is of layers that are known here."""
        return None if self.described is None else self.described.network

    @property
    def is_known(self) -> bool:
        """Whether an image can be taken through all layers."""
        return self.recipe_json is not None or self.network is not None

    @property
    def layers(self) -> Sequence[AnyLayer]:
        """The network's layers, in order. Raises ValueError where nobody knows them."""
        return self.network.layers if self.network is not None else self.recipe.layers

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """Height, width and channels of what it looks at; raises likewise."""
        if self.network is not None:
            return self.network.input_shape
        return self.recipe.dataset_info.shape

    @property
    def class_names(self) -> tuple[str, ...]:
        """What it tells apart; empty where nobody knows."""
        if self.recipe_json is None:
            return () if self.described is None else self.described.class_names
        return self.recipe.dataset_info.class_names

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Returns all arrays by name; a bias that a layer is known to be without is zero."""
        found = unpacked(self.arrays)
        for layer in () if self.described is None else self.described.layers:
            kernel, name = found.get(kernel_name(layer.name)), weight_name(layer.name, "bias")
            if layer.bias is False and kernel is not None and name not in found:
                filters = filters_of(layer.kind, kernel).shape[3]
                found[name] = np.zeros(filters, np.float32)
        return found

    @property
    def dataset(self) -> Dataset:
        """The data that the run was trained on; the last few stay in memory.

        Raises Missing where they were pictures of one's own that aren't there any more.
        """
        try:
            return load_dataset(self.recipe, self.cache_folder)
        except PicturesGone as gone:
            raise Missing(
                f"This needs what the run was trained on: {gone}", "dataset_unknown"
            ) from None
