"""Training without labels: the same events, no accuracy, and edges all the same."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.events import EncodedEvent
from app.recipe import resolve
from app.training.data import load_dataset
from app.training.loop import Training
from app.training.objectives import SparseCoding


def run(cache_folder: Path, **overrides: Any) -> list[EncodedEvent]:
    recipe = resolve({"preset": "sparse-code", **overrides})
    return list(Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run())


def bodies(told: list[EncodedEvent], kind: str) -> list[dict[str, Any]]:
    return [json.loads(event.body) for event in told if event.kind == kind]


def test_it_tells_the_events_of_any_run_but_no_accuracy(cache_folder: Path) -> None:
    told = run(cache_folder, steps=3)
    kinds = [event.kind for event in told]
    assert kinds[:3] == ["run_started", "snapshot", "evaluated"]
    assert kinds[-4:] == ["steps", "snapshot", "evaluated", "run_finished"]
    assert bodies(told, "run_started")[0]["class_names"] == []
    assert all("accuracy" not in steps for steps in bodies(told, "steps"))
    assert all("validation_accuracy" not in tried for tried in bodies(told, "evaluated"))


def test_its_frames_are_filters_of_length_1(cache_folder: Path) -> None:
    snapshot = next(event for event in run(cache_folder, steps=1) if event.kind == "snapshot")
    arrays = {array.name: array for array in snapshot.arrays}
    assert {name: array.shape for name, array in arrays.items()} == {
        "conv1/kernel": (9, 9, 1, 32),
        "conv1/bias": (32,),
    }
    kernel = np.frombuffer(arrays["conv1/kernel"].data, "<f4").reshape(-1, 32)
    np.testing.assert_allclose(np.square(kernel).sum(axis=0), 1, rtol=1e-5)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_edges_appear_without_labels(cache_folder: Path, seed: int) -> None:
    told = run(cache_folder, seed=seed)
    first, last = (bodies(told, "snapshot")[place] for place in (0, -1))
    assert (first["layer_score"] < 0.01, first["oriented"]) == (True, 0)
    assert 0.38 <= last["layer_score"] <= 0.51
    assert last["oriented"] >= 0.8
    losses = [tried["validation_loss"] for tried in bodies(told, "evaluated")]
    assert losses[-1] < 0.65 * losses[0]


@pytest.mark.parametrize("spoilt", [{"pixels": "shuffled"}, {"objective": {"sparsity": 0}}])
def test_no_edges_appear_in_shuffled_pixels_or_without_sparsity(
    cache_folder: Path, spoilt: dict[str, Any]
) -> None:
    last = bodies(run(cache_folder, **spoilt), "snapshot")[-1]
    assert (last["layer_score"] < 0.05, last["oriented"]) == (True, 0)


def test_each_batch_is_seen_through_windows_at_one_place_that_moves() -> None:
    recipe = resolve({"preset": "sparse-code", "batch_size": 40})
    objective = SparseCoding(recipe, 40, None)
    places = np.arange(32 * 32, dtype=np.float32).reshape(1, 32, 32, 1).repeat(40, axis=0)
    seen: list[np.ndarray] = []
    objective.network.loss_and_gradients = (  # type: ignore[method-assign]
        lambda windows: seen.append(windows[..., 0]) or 0.0  # type: ignore[func-returns-value]
    )
    for _ in range(400):
        objective.learn(places, np.full(40, -1))
    assert all((windows == windows[0]).all() for windows in seen)
    corners = np.array([windows[0, 0, 0] for windows in seen]).astype(int)
    for corner in (corners // 32, corners % 32):
        assert (corner.min(), corner.max(), len(set(corner))) == (0, 23, 24)
    np.testing.assert_array_equal(seen[0][0, :2, :2] - seen[0][0, 0, 0], [[0, 1], [32, 33]])


def test_trying_covers_each_image_with_windows_side_by_side() -> None:
    recipe = resolve({"preset": "sparse-code"})
    objective = SparseCoding(recipe, 2, None)
    images = np.random.default_rng(0).standard_normal((3, 32, 32, 1)).astype(np.float32)
    windows = [
        image[top : top + 9, left : left + 9]
        for image in images
        for top in (0, 9, 18)
        for left in (0, 9, 18)
    ]
    loss, accuracy = objective.evaluate(images, np.full(3, -1))
    assert loss == pytest.approx(objective.network.loss(np.stack(windows)), rel=1e-5)
    assert accuracy is None


@pytest.mark.parametrize("dataset", ["mnist", "dead-leaves"])
def test_any_data_set_can_be_coded(cache_folder: Path, dataset: str) -> None:
    told = run(cache_folder, dataset=dataset, steps=2)
    assert told[-1].kind == "run_finished"
