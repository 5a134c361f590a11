from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.datasets import Dataset, load
from app.datasets.catalogue import DATASETS

NAMES = tuple(DATASETS)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def natural(name: str, cache_folder: Path) -> Dataset:
    return load(name, cache_folder=cache_folder)


def _load(name: str, cache_folder: Path, **options: Any) -> Dataset:
    return load(name, cache_folder=cache_folder, **options)


def test_a_batch_has_the_images_asked_for_in_that_order(natural: Dataset) -> None:
    images, labels = natural.batch(np.array([5, 3, 5]))
    assert images.shape == (3, *natural.info.shape)
    assert images.dtype == np.float32
    assert labels.dtype == np.int64
    np.testing.assert_array_equal(images[0], images[2])
    np.testing.assert_array_equal(images[1], natural.batch(np.array([3]))[0][0])
    assert labels[1] == natural.batch(np.array([3]))[1][0]


def test_a_batch_is_written_into_the_array_it_is_given(natural: Dataset) -> None:
    out = np.empty((2, *natural.info.shape), np.float32)
    images, _ = natural.batch(np.array([1, 0]), out)
    assert images is out
    np.testing.assert_array_equal(out, natural.batch(np.array([1, 0]))[0])


def test_sizes_and_classes_are_as_the_catalogue_says(natural: Dataset) -> None:
    _, labels = natural.test(0, natural.test_size)
    assert len(labels) == natural.test_size == natural.info.test_size
    assert natural.train_size == natural.info.train_size
    assert set(labels) == set(range(len(natural.info.class_names)))
    with pytest.raises(IndexError):
        natural.batch(np.array([natural.train_size]))


def test_training_images_are_standardised(natural: Dataset) -> None:
    images, _ = natural.batch(np.arange(10_000))
    assert images.mean() == pytest.approx(0, abs=0.02)
    assert images.std() == pytest.approx(1, abs=0.01)


def test_unit_scaling_gives_fractions_of_the_brightest(name: str, cache_folder: Path) -> None:
    unit = _load(name, cache_folder, scaling="unit")
    pixels, _ = unit.sample("train", 10, 20)
    images, _ = unit.batch(np.arange(10, 30))
    np.testing.assert_allclose(images, pixels / np.float32(255), rtol=1e-6)


def test_samples_are_natural_pixels_with_true_labels_under_any_control(
    name: str, natural: Dataset, cache_folder: Path
) -> None:
    spoiled = _load(name, cache_folder, pixels="shuffled", labels="random", seed=4)
    for split in ("train", "test"):
        pixels, labels = spoiled.sample(split, 7, 30)
        assert pixels.dtype == np.uint8
        np.testing.assert_array_equal(pixels, natural.sample(split, 7, 30)[0])
        np.testing.assert_array_equal(labels, natural.sample(split, 7, 30)[1])


def test_samples_end_with_the_split(natural: Dataset) -> None:
    assert len(natural.sample("test", natural.test_size - 3, 10)[0]) == 3
    assert len(natural.sample("test", natural.test_size + 3, 10)[1]) == 0
    assert len(natural.test(natural.test_size, natural.test_size + 5)[0]) == 0


@pytest.mark.parametrize(("start", "count"), [(-1, 4), (0, -4)])
def test_samples_before_the_beginning_are_refused(natural: Dataset, start: int, count: int) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        natural.sample("train", start, count)


def _histories(images: np.ndarray) -> list[bytes]:
    """What each pixel position shows through all images; the same bytes, the same history."""
    positions = np.moveaxis(images, 0, 2).reshape(-1, images.shape[0] * images.shape[3])
    return [position.tobytes() for position in positions]


def test_one_permutation_moves_the_pixels_of_every_image_of_both_sets(
    name: str, natural: Dataset, cache_folder: Path
) -> None:
    shuffled = _load(name, cache_folder, pixels="shuffled", seed=3)
    images = np.concatenate([natural.batch(np.arange(300))[0], natural.test(0, 300)[0]])
    moved = np.concatenate([shuffled.batch(np.arange(300))[0], shuffled.test(0, 300)[0]])
    before, after = _histories(images), _histories(moved)
    assert sorted(before) == sorted(after)
    assert np.mean([old == new for old, new in zip(before, after, strict=True)]) < 0.1


def test_labels_are_untouched_by_shuffled_pixels(
    name: str, natural: Dataset, cache_folder: Path
) -> None:
    shuffled = _load(name, cache_folder, pixels="shuffled", seed=3)
    indices = np.arange(500)
    np.testing.assert_array_equal(shuffled.batch(indices)[1], natural.batch(indices)[1])


def test_random_labels_are_uniform_and_blind_to_the_true_ones(
    name: str, natural: Dataset, cache_folder: Path
) -> None:
    everything = np.arange(10_000)
    random = _load(name, cache_folder, labels="random", seed=2).batch(everything)[1]
    true = natural.batch(everything)[1]
    assert np.bincount(random, minlength=10) == pytest.approx(np.full(10, 1000), abs=120)
    assert np.mean(random == true) == pytest.approx(0.1, abs=0.015)


def test_test_labels_stay_true_when_training_labels_are_random(
    name: str, natural: Dataset, cache_folder: Path
) -> None:
    random = _load(name, cache_folder, labels="random", seed=2)
    np.testing.assert_array_equal(random.test(0, 2000)[1], natural.test(0, 2000)[1])


def test_controls_are_fixed_by_their_seed(name: str, cache_folder: Path) -> None:
    def spoiled(seed: int) -> tuple[np.ndarray, np.ndarray]:
        options = {"pixels": "shuffled", "labels": "random", "seed": seed}
        return _load(name, cache_folder, **options).batch(np.arange(50))

    for first, again, other in zip(spoiled(1), spoiled(1), spoiled(2), strict=True):
        np.testing.assert_array_equal(first, again)
        assert (first != other).any()


def test_dead_leaves_of_another_data_seed_are_other_images(tmp_path: Path) -> None:
    first, second = (
        load("dead-leaves", data_seed=seed, cache_folder=tmp_path).sample("test", 0, 5)[0]
        for seed in (0, 1)
    )
    assert (first != second).mean() > 0.9


def test_a_crop_is_what_lies_at_its_place_on_the_canvas(cache_folder: Path) -> None:
    from app.datasets import dead_leaves

    canvases = dead_leaves.read_canvases(0, cache_folder)
    crops, _ = dead_leaves.draw_crops(0)
    pixels, labels = load("dead-leaves", cache_folder=cache_folder).sample("train", 0, 50)
    for i, pixel in enumerate(pixels):
        top, left = crops.top[i], crops.left[i]
        expected = canvases[crops.canvas[i], top : top + 32, left : left + 32]
        np.testing.assert_array_equal(pixel, expected)
        assert labels[i] == crops.canvas[i] // 12


def test_an_unknown_data_set_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'cifar-10'.*dead-leaves or mnist"):
        load("cifar-10", cache_folder=tmp_path)


def test_samples_as_seen_lie_as_the_control_puts_them(name: str, cache_folder: Path) -> None:
    shuffled = _load(name, cache_folder, pixels="shuffled", scaling="unit", seed=4)
    pixels, _ = shuffled.sample("test", 0, 5, as_seen=True)
    np.testing.assert_allclose(shuffled.test(0, 5)[0], pixels / np.float32(255), rtol=1e-6)
