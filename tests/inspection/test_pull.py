"""The gradient told of a snapshot is the one that the run itself went on with."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.events import StoredArray
from app.inspection.arrays import unpacked
from app.inspection.pull import pull, pulls
from app.inspection.snapshot import KeptSnapshot
from app.recipe import Recipe, resolve
from app.training.data import load_dataset
from app.training.learning import Learning


def _recipe(**changes: Any) -> Recipe:
    return resolve({"preset": "mnist-two-layers", "steps": 4, **changes})


def _after(recipe: Recipe, cache_folder: Path, steps: int) -> Learning:
    learning = Learning(recipe, load_dataset(recipe, cache_folder))
    for _ in range(steps):
        learning.update()
    return learning


def _kept(recipe: Recipe, weights: dict[str, Any], cache_folder: Path) -> KeptSnapshot:
    arrays = tuple(
        StoredArray(name, array.shape, array.astype("<f4").tobytes())
        for name, array in weights.items()
    )
    return KeptSnapshot(recipe.model_dump_json(exclude_none=True), arrays, cache_folder)


def _gradients(learning: Learning) -> dict[str, Any]:
    """Those of the update that comes next, which is made for it."""
    learning.update()
    network = learning.objective.network
    return {p.name: p.gradient.copy() for p in network.parameters if p.name in network.conv_kernels}


@pytest.mark.parametrize("steps", [0, 3])
def test_the_gradient_is_to_the_bit_that_of_the_runs_own_next_update(
    cache_folder: Path, steps: int
) -> None:
    recipe = _recipe()
    learning = _after(recipe, cache_folder, steps)
    told = pulls(_kept(recipe, learning.objective.network.weights(), cache_folder), steps)
    assert told.reason is None
    own = _gradients(learning)
    assert list(told.gradients) == list(own) == ["conv1/kernel", "conv2/kernel"]
    for name, gradient in own.items():
        assert told.gradients[name].tobytes() == gradient.tobytes()


def test_the_rate_follows_the_schedule_and_whoever_changed_it(cache_folder: Path) -> None:
    recipe = _recipe()
    kept = _kept(recipe, _after(recipe, cache_folder, 0).objective.network.weights(), cache_folder)
    rates = [pull(kept, step, None, "conv1", 0)["learning_rate"] for step in (0, 3, 9)]
    assert rates == pytest.approx([0.05, 0.001, 0.001])
    changed = pull(kept, 3, 0.5, "conv1", 0)["learning_rate"]
    assert changed == pytest.approx(0.01)
    learning = _after(recipe, cache_folder, 3)
    learning.start_rate = 0.5
    assert learning.update()[1] == changed


def test_dropout_and_windows_that_are_drawn_anew_are_said(cache_folder: Path) -> None:
    layers = [
        {"type": "conv2d", "filters": 4, "kernel_size": 7, "strides": 2},
        {"type": "dropout", "rate": 0.25},
        {"type": "flatten"},
        {"type": "dense", "units": 10},
    ]
    for recipe, words in (
        (_recipe(), None),
        (_recipe(layers=layers), "Dropout"),
        (resolve({"preset": "sparse-code"}), "windows"),
    ):
        weights = _after(recipe, cache_folder, 0).objective.network.weights()
        told = pull(_kept(recipe, weights, cache_folder), 0, None, "conv1", 0)
        assert told["gradient"] is not None
        assert (words in told["note"]) if words else (told["note"] is None)


def test_a_sparse_filter_is_pulled_at_right_angles_to_itself(cache_folder: Path) -> None:
    recipe = resolve({"preset": "sparse-code"})
    weights = _after(recipe, cache_folder, 0).objective.network.weights()
    gradient = pulls(_kept(recipe, weights, cache_folder), 5).gradients["conv1/kernel"]
    assert np.abs(gradient).max() > 0
    along = np.einsum("ijcf,ijcf->f", gradient, weights["conv1/kernel"])
    np.testing.assert_allclose(along, 0, atol=1e-5)


def test_without_the_dense_weights_nothing_is_made_up(cache_folder: Path) -> None:
    recipe = _recipe()
    weights = _after(recipe, cache_folder, 0).objective.network.conv_weights()
    told = pull(_kept(recipe, weights, cache_folder), 0, None, "conv1", 0)
    assert (told["gradient"], told["after"], told["loss"]) == (None, None, None)
    assert "The weights of dense1 weren't kept" in told["reason"]


@pytest.mark.filterwarnings("ignore:.*encountered:RuntimeWarning")  # in the engine's threads
def test_answers_beyond_all_numbers_pull_nowhere(cache_folder: Path) -> None:
    recipe = _recipe()
    weights = _after(recipe, cache_folder, 0).objective.network.weights()
    huge = {name: array * np.float32(1e30) for name, array in weights.items()}
    told = pull(_kept(recipe, huge, cache_folder), 0, None, "conv1", 0)
    assert told["gradient"] is None
    assert "too large to be numbers" in told["reason"]


def test_the_layers_of_one_snapshot_are_worked_out_once(cache_folder: Path) -> None:
    recipe = _recipe()
    weights = _after(recipe, cache_folder, 0).objective.network.weights()
    one, equal = (_kept(recipe, weights, cache_folder) for _ in range(2))
    assert pulls(one, 0) is pulls(equal, 0)
    assert unpacked(one.arrays).keys() == weights.keys()
