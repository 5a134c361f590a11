"""Networks to take home: of any recipe, with the answers that the engine gives for pixels."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from app.events import StoredArray
from app.inspection.snapshot import KeptSnapshot
from app.inspection.whole import WholeNetwork, whole_of
from app.recipe import Recipe
from app.training.build import build_network
from app.training.data import load_dataset
from app.training.learning import Learning
from app.translation.torch_network import scaling_call, torch_network

ORIGIN = {"filterscope": "0.1.0", "run": "r1", "step": "3", "name": "Fäden 网络", "recipe": "{}"}


class Sample(NamedTuple):
    """A network, pixels (n, height, width, channels) of 0 to 255, and the engine's logits."""

    network: WholeNetwork
    pixels: np.ndarray[Any, np.dtype[np.float32]]
    logits: np.ndarray[Any, np.dtype[np.float32]]

    @property
    def code(self) -> str:
        layers = [told.layer for told in self.network.layers]
        prepared = self.network.preparation
        assert prepared is not None
        scaling = scaling_call(self.network.input_shape, getattr(prepared.scaling, "least", None))
        shuffled = prepared.order is not None
        return torch_network(layers, self.network.input_shape, scaling, shuffled=shuffled)


def moved(weights: dict[str, Any], generator: np.random.Generator) -> dict[str, Any]:
    """Other weights than a network begins with, so that biases and averages count."""
    drawn = {
        name: (value + generator.normal(0, 0.1, value.shape)).astype(np.float32)
        for name, value in weights.items()
    }
    return {name: np.abs(v) if "variance" in name else v for name, v in drawn.items()}


def trained(recipe: Recipe, cache_folder: Path, updates: int) -> dict[str, Any]:
    """A network's weights after its first updates."""
    learning = Learning(recipe, load_dataset(recipe, cache_folder))
    for _ in range(updates):
        learning.update()
    return learning.objective.network.weights()


def sample_of(
    recipe: Recipe, cache_folder: Path, weights: dict[str, Any] | None = None, count: int = 5
) -> Sample:
    """Of weights that aren't said some are drawn."""
    generator = np.random.default_rng(recipe.seed)
    network = build_network(recipe, batch_size=count)
    network.load_weights(weights or moved(network.weights(), generator))
    arrays = tuple(
        StoredArray(name, value.shape, value.astype("<f4").tobytes())
        for name, value in network.weights().items()
    )
    kept = KeptSnapshot(recipe.model_dump_json(exclude_none=True), arrays, cache_folder)
    shape = (count, *recipe.dataset_info.shape)
    pixels = generator.integers(0, 256, shape).astype(np.float32)
    logits = network.predict(kept.dataset.as_seen(pixels))
    return Sample(whole_of(kept, 3), pixels, np.array(logits))
