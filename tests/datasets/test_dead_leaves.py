from pathlib import Path

import numpy as np
import pytest

from app.datasets import dead_leaves
from app.datasets.dead_leaves import CANVASES_PER_CLASS, draw_crops, training_figures


def test_the_same_seed_paints_the_same_canvases_and_another_seed_others(
    cache_folder: Path,
) -> None:
    kept = dead_leaves.read_canvases(0, cache_folder)
    np.testing.assert_array_equal(kept, dead_leaves.paint_canvases(0))
    assert (dead_leaves.paint_canvases(1) != kept).mean() > 0.9


def test_seeds_do_not_share_a_file(tmp_path: Path) -> None:
    dead_leaves.read_canvases(0, tmp_path)
    dead_leaves.read_canvases(1, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_torn_file_of_canvases_is_painted_anew(tmp_path: Path) -> None:
    first = np.array(dead_leaves.read_canvases(0, tmp_path))
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:1000])
    np.testing.assert_array_equal(dead_leaves.read_canvases(0, tmp_path), first)


def test_no_canvas_serves_both_training_and_test() -> None:
    train, test = draw_crops(0)
    assert not set(train.canvas) & set(test.canvas)
    assert set(test.canvas % CANVASES_PER_CLASS) == {10, 11}


def test_classes_are_balanced_and_mixed() -> None:
    for crops, per_class in zip(draw_crops(3), (1000, 200), strict=True):
        np.testing.assert_array_equal(np.bincount(crops.label), [per_class] * 10)
        assert len(set(crops.label[:40])) == 10


def test_crops_lie_anywhere_on_the_canvas_with_both_ends() -> None:
    train, _ = draw_crops(0)
    for start in (train.top, train.left):
        counts = np.bincount(start, minlength=65)
        assert counts.size == 65
        # 10,000 crops on 65 places: 154 each, with a standard deviation of 12.
        assert counts.min() > 100
        assert counts.max() < 210


def test_crops_of_one_seed_are_always_the_same_and_differ_between_seeds() -> None:
    again, other = draw_crops(7)[0], draw_crops(8)[0]
    np.testing.assert_array_equal(draw_crops(7)[0].left, again.left)
    assert (again.left != other.left).any()


def test_figures_are_those_of_the_training_canvases_alone() -> None:
    canvases = np.random.default_rng(0).integers(0, 256, (120, 4, 4, 3), dtype=np.uint8)
    canvases[..., 2] //= 2
    trained = np.arange(120) % CANVASES_PER_CLASS < 10
    shades = canvases[trained] / 255
    mean, std = training_figures(canvases)
    np.testing.assert_allclose(mean, shades.mean(axis=(0, 1, 2)), rtol=1e-6)
    assert std == pytest.approx((shades - shades.mean(axis=(0, 1, 2))).std())


def test_gray_discs_are_gray_and_vivid_discs_are_not(cache_folder: Path) -> None:
    by_class = dead_leaves.read_canvases(0, cache_folder).reshape(10, 12, 96, 96, 3)
    spread = np.ptp(by_class.astype(int), axis=-1).mean(axis=(1, 2, 3))
    assert spread[7] == 0
    assert spread[9] > spread[6] > 20


@pytest.mark.parametrize("turn", range(6))
def test_bars_of_class_i_run_at_30_i_degrees(cache_folder: Path, turn: int) -> None:
    canvases = dead_leaves.read_canvases(0, cache_folder)[12 * turn : 12 * turn + 12].astype(float)
    gy, gx = np.gradient(canvases, axis=(1, 2))
    # Rows grow downwards, so that seen with the eye the gradient's angle changes sign.
    doubled = np.arctan2(-2 * (gx * gy).sum(), (gx**2 - gy**2).sum())
    runs_at = (np.degrees(doubled) / 2 + 90) % 180
    # Pixels pull slanted borders some five degrees towards the axes.
    assert abs((runs_at - 30 * turn + 90) % 180 - 90) < 8
