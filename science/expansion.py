"""How far a second layer's expanded weights tell what its units really compute."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.analysis import ReceptiveField, Trunk, expanded_weights, path_to, receptive_field
from app.datasets import Dataset
from app.events import EncodedEvent
from app.recipe import Recipe
from app.vocabulary.layers import AnyLayer, Conv2D, Layer, MaxPool2D, Pool2D

LAYER: Final = "conv2"
IMAGES: Final = 1_000
_ANSWERS: Final = 50_000  # of a unit, at most
_AT_ONCE: Final = 50

Floats = NDArray[np.float32]


class Expansion(NamedTuple):
    """Correlations of a linear approximation with the true pre-activation, means over the units.

    `expanded` is that of the expanded weights as they are shown, a pooling taken for the mean of
    its window; `first` is of a pooling taken for the first number of its window.
    """

    expanded: float
    first: float


def expansion(recipe: Recipe, dataset: Dataset, snapshot: EncodedEvent) -> Expansion | None:
    """Measures how well the second conv layer's expanded weights tell what its units compute.

    Each unit is asked at every place of the first test images: what its expanded weights give
    there, and what the network gives before the last ReLU. None if there is no such layer.
    """
    path = _linear_path(recipe)
    if path is None:
        return None
    shape, weights = recipe.dataset_info.shape, _weights(snapshot)
    trunk = Trunk(path, shape, weights, _AT_ONCE)
    images, true, answers = [], [], 0
    for start in range(0, IMAGES, _AT_ONCE):
        images.append(dataset.test(start, start + _AT_ONCE)[0])
        true.append(trunk.answers(images[-1]).copy())
        answers += true[-1][..., 0].size
        if answers >= _ANSWERS:
            break
    first_of_window = [
        (name, MaxPool2D(1, layer.window.step) if isinstance(layer, Pool2D) else layer)
        for name, layer in path
    ]
    return Expansion(
        *(
            _agreement(way, weights, shape, np.concatenate(images), np.concatenate(true))
            for way in (path, first_of_window)
        )
    )


def _agreement(
    path: Sequence[tuple[str, Layer]],
    weights: dict[str, Floats],
    shape: tuple[int, int, int],
    images: Floats,
    true: Floats,
) -> float:
    linear, field = expanded_weights(path, weights), receptive_field(path, shape)
    told = [
        _linear_answers(images[start : start + _AT_ONCE], linear, field, true.shape[1:3])
        for start in range(0, len(images), _AT_ONCE)
    ]
    return float(np.mean(_correlations(true, np.concatenate(told))))


def _linear_path(recipe: Recipe) -> list[tuple[str, Layer]] | None:
    """Returns the path to the second conv layer, which goes without its activation."""
    convolutions = [layer for layer in recipe.layers if isinstance(layer, Conv2D)]
    if len(convolutions) < 2:
        return None
    layers: list[AnyLayer] = [
        replace(layer, activation="linear") if layer is convolutions[1] else layer
        for layer in recipe.layers
    ]
    return path_to(layers, LAYER)


def _weights(snapshot: EncodedEvent) -> dict[str, Floats]:
    return {
        array.name: np.frombuffer(array.data, "<f4").reshape(array.shape)
        for array in snapshot.arrays
    }


def _linear_answers(
    images: Floats, linear: Floats, field: ReceptiveField, places: tuple[int, ...]
) -> Floats:
    """Lays the expanded weights over the image at each place: (images, rows, columns, filters)."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (field.size, field.size), (1, 2))
    rows, columns = (field.stride * np.arange(count) for count in places)
    seen = windows[:, rows[:, None], columns]  # images, rows, columns, channels, size, size
    answers: Floats = np.tensordot(seen, linear.transpose(2, 0, 1, 3), axes=3)
    return answers


def _correlations(first: Any, second: Any) -> NDArray[np.float64]:
    """Computes Pearson's correlation, of each unit over all places of all images."""
    first, second = (
        values.reshape(-1, values.shape[-1]).astype(np.float64) for values in (first, second)
    )
    first, second = (values - values.mean(axis=0) for values in (first, second))
    scale = np.sqrt((first**2).sum(axis=0) * (second**2).sum(axis=0))
    product = (first * second).sum(axis=0)
    found: NDArray[np.float64] = np.divide(
        product, scale, out=np.zeros_like(scale), where=scale > 0
    )
    return found
