"""What a snapshot says of each filter and of the layer, on kernels whose answer is known."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.events import Snapshot
from app.telling.filter_history import FilterHistory
from tests.training.test_loop import bodies, training

SIZE = 7
_AXIS = np.arange(SIZE) - (SIZE - 1) / 2
X, Y = np.meshgrid(_AXIS, _AXIS)


def edge(degrees: float) -> NDArray[np.float64]:
    """An ideal edge that runs at so many degrees, counter-clockwise from the horizontal."""
    across = X * np.sin(np.radians(degrees)) + Y * np.cos(np.radians(degrees))
    wave: NDArray[np.float64] = np.exp(-(X**2 + Y**2) / 8) * np.sin(
        2 * np.pi * across / (0.9 * SIZE)
    )
    return wave


def noise(seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).uniform(-1, 1, (SIZE, SIZE))


def layer(*kernels: NDArray[Any]) -> NDArray[np.float32]:
    """One-channel kernels as HWIO."""
    return np.stack(kernels, axis=2)[:, :, None].astype(np.float32)


def told(cache_folder: Path, *frames: NDArray[np.float32]) -> list[dict[str, Any]]:
    history = FilterHistory(frames[0], cache_folder)
    return [history.verdicts([step], [kernels])[0] for step, kernels in enumerate(frames)]


def test_a_filter_has_its_label_since_the_snapshot_that_first_gave_and_kept_it(
    cache_folder: Path,
) -> None:
    still, other = noise(0), noise(1)
    frames = [layer(still, kernel) for kernel in (other, edge(0), other, edge(0), edge(0))]
    history = told(cache_folder, *frames)
    assert [verdicts["label"][1] for verdicts in history] == [
        *("noise", "edge", "noise", "edge", "edge"),
    ]
    assert [verdicts["since"] for verdicts in history] == [[0, 0], [0, 1], [0, 2], [0, 3], [0, 3]]


@pytest.mark.parametrize("size", [2, 3, SIZE])
def test_frames_told_at_once_are_told_as_one_by_one(cache_folder: Path, size: int) -> None:
    generator = np.random.default_rng(size)
    frames = [layer(*generator.normal(size=(4, size, size))) for _ in range(5)]
    at_once = FilterHistory(frames[0], cache_folder)
    steps = range(len(frames))
    both = [at_once.verdicts(steps[:2], frames[:2]), at_once.verdicts(steps[2:], frames[2:])]
    assert [*both[0], *both[1]] == told(cache_folder, *frames)


def test_0_degrees_is_an_edge_that_lies_flat_and_90_one_that_stands(cache_folder: Path) -> None:
    (verdicts,) = told(cache_folder, layer(edge(0), edge(30), edge(90)))
    assert verdicts["orientation_degrees"] == pytest.approx([0, 30, 90], abs=2)


def test_the_rose_counts_oriented_filters_alone_in_bins_of_15_degrees(cache_folder: Path) -> None:
    (verdicts,) = told(cache_folder, layer(edge(0), edge(2), edge(89), edge(31), noise(0)))
    assert verdicts["rose"] == [2, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_the_frequency_is_that_of_the_template_which_fits_best(cache_folder: Path) -> None:
    (verdicts,) = told(cache_folder, layer(edge(0), np.ones((SIZE, SIZE))))
    assert verdicts["cycles_per_pixel"] == pytest.approx([1 / (0.9 * SIZE), 0], abs=1e-6)


def test_growing_changes_norm_and_change_but_not_the_correlation(cache_folder: Path) -> None:
    first = layer(noise(0), noise(1))
    _, after = told(cache_folder, first, 3 * first)
    norms = np.linalg.norm(first.reshape(-1, 2), axis=0)
    assert after["norm"] == pytest.approx(3 * norms, abs=1e-5)
    assert after["change"] == [2.0, 2.0]
    assert after["correlation"] == [1.0, 1.0]


def test_near_duplicates_are_pairs_whatever_their_scale_and_sign(cache_folder: Path) -> None:
    one, other = noise(0), noise(1)
    (verdicts,) = told(cache_folder, layer(one, other, -2 * one))
    assert verdicts["near_duplicates"] == [(0, 2, -1.0)]
    assert verdicts["duplicate_pairs"] == 1


def test_of_many_near_duplicates_as_many_pairs_are_told_as_there_are_filters(
    cache_folder: Path,
) -> None:
    same, less_so = [noise(0)] * 4, noise(0) + 0.2 * noise(1)
    (verdicts,) = told(cache_folder, layer(less_so, *same))
    assert verdicts["duplicate_pairs"] == 10
    assert len(verdicts["near_duplicates"]) == 5
    assert [cosine for *_, cosine in verdicts["near_duplicates"]] == sorted(
        (cosine for *_, cosine in verdicts["near_duplicates"]), reverse=True
    )


def test_only_one_channel_3_by_3_kernels_have_the_plane_test(cache_folder: Path) -> None:
    plane = np.broadcast_to(np.arange(3.0), (3, 3))
    small = layer(plane, np.random.default_rng(0).uniform(-1, 1, (3, 3)))
    (verdicts,) = told(cache_folder, small)
    assert verdicts["plane_p"][0] == 0
    assert verdicts["plane_verdict"] == (
        "1 of 2 explained by a gradient at p < .05; 0.1 expected by chance"
    )
    for others in (np.repeat(small, 3, axis=2), layer(noise(0))):
        assert "plane_p" not in told(cache_folder, others)[0]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("channels", [1, 3])
def test_every_layer_has_a_story_with_one_entry_a_filter(
    cache_folder: Path, size: int, channels: int
) -> None:
    kernels = np.random.default_rng(0).uniform(-1, 1, (size, size, channels, 4))
    (verdicts,) = told(cache_folder, kernels.astype(np.float32))
    snapshot = Snapshot.model_validate({"step": 0, "layer": "conv1", **verdicts})
    lists = (snapshot.since, snapshot.cycles_per_pixel, snapshot.norm, snapshot.label)
    assert {len(values) for values in lists} == {4}
    assert sum(snapshot.rose) == round(snapshot.oriented * 4)


def test_since_goes_on_over_a_pause_and_never_lies_ahead(cache_folder: Path) -> None:
    run = training(cache_folder, steps=60)
    events = [*run.begin()]
    while run.step < 31:
        events += run.advance()
    events += [*run.pause(), *run.resume()]
    while run.step < 35:
        events += run.advance()
    snapshots = bodies(events, "snapshot")
    assert [snapshot["step"] for snapshot in snapshots[-3:]] == [30, 31, 35]
    for before, after in pairwise(snapshots):
        for index, label in enumerate(after["label"]):
            is_new = label != before["label"][index]
            assert after["since"][index] == (after["step"] if is_new else before["since"][index])
    assert json.loads(run.stop()[-1].body)["step"] == 35
