from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.datasets import Dataset, dead_leaves, gray_leaves, load
from app.vocabulary.datasets import DATASETS

NAMES = tuple(DATASETS)
LABELLED = tuple(name for name, info in DATASETS.items() if info.class_names)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=LABELLED)
def labelled(request: pytest.FixtureRequest) -> str:
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
    classes = len(natural.info.class_names)
    assert set(labels) == (set(range(classes)) if classes else {-1})
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
    labelled: str, cache_folder: Path
) -> None:
    natural = _load(labelled, cache_folder)
    spoiled = _load(labelled, cache_folder, pixels="shuffled", labels="random", seed=4)
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
    labelled: str, cache_folder: Path
) -> None:
    everything = np.arange(10_000)
    random = _load(labelled, cache_folder, labels="random", seed=2).batch(everything)[1]
    true = _load(labelled, cache_folder).batch(everything)[1]
    assert np.bincount(random, minlength=10) == pytest.approx(np.full(10, 1000), abs=120)
    assert np.mean(random == true) == pytest.approx(0.1, abs=0.015)


def test_test_labels_stay_true_when_training_labels_are_random(
    labelled: str, cache_folder: Path
) -> None:
    random = _load(labelled, cache_folder, labels="random", seed=2)
    np.testing.assert_array_equal(
        random.test(0, 2000)[1], _load(labelled, cache_folder).test(0, 2000)[1]
    )


def test_controls_are_fixed_by_their_seed(labelled: str, cache_folder: Path) -> None:
    def spoiled(seed: int) -> tuple[np.ndarray, np.ndarray]:
        options = {"pixels": "shuffled", "labels": "random", "seed": seed}
        return _load(labelled, cache_folder, **options).batch(np.arange(50))

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
    canvases = dead_leaves.read_canvases(0, cache_folder)
    crops, _ = dead_leaves.draw_crops(0)
    pixels, labels = load("dead-leaves", cache_folder=cache_folder).sample("train", 0, 50)
    for i, pixel in enumerate(pixels):
        top, left = crops.top[i], crops.left[i]
        expected = canvases[crops.canvas[i], top : top + 32, left : left + 32]
        np.testing.assert_array_equal(pixel, expected)
        assert labels[i] == crops.canvas[i] // 12


def test_an_unknown_data_set_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"'cifar-10'.*dead-leaves, mnist, gray-leaves"):
        load("cifar-10", cache_folder=tmp_path)


def test_samples_as_seen_lie_as_the_control_puts_them(name: str, cache_folder: Path) -> None:
    shuffled = _load(name, cache_folder, pixels="shuffled", scaling="unit", seed=4)
    pixels, _ = shuffled.sample("test", 0, 5, as_seen=True)
    np.testing.assert_allclose(shuffled.test(0, 5)[0], pixels / np.float32(255), rtol=1e-6)


def test_labels_can_only_be_spoiled_where_there_are_some(cache_folder: Path) -> None:
    with pytest.raises(ValueError, match="gray-leaves has no labels"):
        load("gray-leaves", labels="random", cache_folder=cache_folder)


def test_local_contrast_is_what_stands_out_within_the_image(
    name: str, natural: Dataset, cache_folder: Path
) -> None:
    seen = _load(name, cache_folder, scaling="local-contrast")
    pixels, _ = natural.sample("test", 3, 1)
    kept, again = seen.test(3, 4)[0], seen.as_seen(pixels)
    np.testing.assert_allclose(kept, again, atol=1e-5)
    shades = pixels[0, ..., 0].astype(float) / 255
    place = np.arange(len(shades))
    weights = np.exp(-((place[:, None] - place) ** 2) / 8)
    out = [
        shades[row, column]
        - (shades * np.outer(weights[row], weights[column])).sum()
        / (weights[row].sum() * weights[column].sum())
        for row, column in np.ndindex(shades.shape)
    ]
    ratio = again[0, ..., 0].ravel() / np.array(out)
    steady = np.abs(out) > 1e-3
    np.testing.assert_allclose(ratio[steady], np.median(ratio[steady]), rtol=1e-2)


def test_local_contrast_divides_by_the_images_own_and_a_tenth(cache_folder: Path) -> None:
    faint, strong = np.zeros((2, 32, 32, 1), np.uint8) + 100
    faint[:, 16:] += 1
    strong[:, 16:] += 100
    scaled = load("gray-leaves", scaling="local-contrast", cache_folder=cache_folder).as_seen(
        np.stack([faint, strong])
    )
    even = np.abs(scaled[:, :, [0, -1]]).max()
    small, large = scaled.std(axis=(1, 2, 3))
    assert even < 1e-4
    # s / (s + .1) of an image whose own deviation is s; a hundredfold contrast is not so seen.
    assert small / (1 - small) * 100 == pytest.approx(large / (1 - large), rel=0.01)


def test_a_gray_leaf_is_a_crop_of_its_canvas_and_tests_have_canvases_of_their_own(
    cache_folder: Path,
) -> None:
    canvases = gray_leaves.read_canvases(0, cache_folder)
    train, test = gray_leaves.draw_crops(0)
    assert canvases.shape == (120, 96, 96, 1)
    assert not set(train.canvas) & set(test.canvas)
    pixels, labels = load("gray-leaves", cache_folder=cache_folder).sample("test", 0, 20)
    assert set(labels) == {-1}
    for i, pixel in enumerate(pixels):
        top, left = test.top[i], test.left[i]
        cut = canvases[test.canvas[i], top : top + 32, left : left + 32]
        np.testing.assert_array_equal(pixel, cut)


def test_gray_leaves_follow_their_seed_and_share_no_numbers_with_dead_leaves(
    cache_folder: Path,
) -> None:
    kept = gray_leaves.read_canvases(0, cache_folder)
    np.testing.assert_array_equal(kept, gray_leaves.paint_canvases(0))
    assert (gray_leaves.paint_canvases(1) != kept).mean() > 0.9
    discs = dead_leaves.read_canvases(0, cache_folder)[84:96, ..., :1]
    assert (discs != kept[:12]).mean() > 0.9
