"""A data set of one's own is opened as any other, and never another than was meant."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from app.datasets import load
from app.kept_pictures import KeptPictures, PicturesGone, remove
from app.recipe import Recipe, resolve
from app.training.data import load_dataset
from app.training.loop import Training
from app.web.own_pictures import with_own_pictures
from app.web.problems import Problem
from tests.gathering.samples import as_folder, gathered, images_of, two_classes


@pytest.fixture
def kept(tmp_path: Path) -> KeptPictures:
    return gathered(as_folder(tmp_path / "pets", two_classes(20)), tmp_path / "pictures", "pets")


def _request(dataset: str, **more: Any) -> dict[str, Any]:
    layers = [
        {"type": "conv2d", "filters": 4, "kernel_size": 5, "activation": "relu"},
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": 2},
    ]
    few = {"batch_size": 8, "steps": 3}
    return {"preset": "dead-leaves", "dataset": dataset, "layers": layers, **few, **more}


def test_it_gives_its_pictures_scaled_as_any_other_data_set(
    kept: KeptPictures, tmp_path: Path
) -> None:
    data = load(kept.reference, cache_folder=tmp_path / "cache")
    images, _ = images_of(kept, tmp_path / "pictures")
    inputs, labels = data.batch(np.arange(data.train_size))
    assert data.train_size + data.test_size == len(images) == 40
    assert inputs.mean(axis=(0, 1, 2)) == pytest.approx([0, 0, 0], abs=1e-4)
    assert inputs.std() == pytest.approx(1, abs=0.01)
    assert set(labels.tolist()) == {0, 1}
    seen, _ = data.sample("test", 0, 5)
    assert (seen == images[data.train_size : data.train_size + 5]).all()


def test_both_controls_and_every_scaling_work_on_it(kept: KeptPictures, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for scaling in ("standard", "unit", "local-contrast"):
        assert load(kept.reference, scaling=scaling, cache_folder=cache).test(0, 3)[0].any()
    natural = load(kept.reference, cache_folder=cache)
    shuffled = load(kept.reference, pixels="shuffled", labels="random", seed=1, cache_folder=cache)
    first = np.arange(natural.train_size)
    assert (np.sort(shuffled.batch(first)[0], None) == np.sort(natural.batch(first)[0], None)).all()
    assert (shuffled.batch(first)[0] != natural.batch(first)[0]).any()
    assert (shuffled.batch(first)[1] != natural.batch(first)[1]).any()


def test_a_recipe_on_it_trains(kept: KeptPictures, tmp_path: Path) -> None:
    recipe = resolve(with_own_pictures(_request("own:pets"), tmp_path / "pictures"))
    assert recipe.dataset == kept.reference
    assert recipe.class_names == ("cats", "dogs")
    data = load_dataset(recipe, tmp_path / "cache")
    events = list(Training(recipe, data, tmp_path / "cache").run())
    assert events[-1].kind == "run_finished"
    assert Recipe.model_validate_json(recipe.model_dump_json(exclude_none=True)) == recipe


def test_a_digest_means_those_pictures_and_no_others_of_the_name(
    kept: KeptPictures, tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures"
    earlier = resolve(with_own_pictures(_request("own:pets"), pictures))
    remove(pictures, kept)
    with pytest.raises(Problem, match="There are no pictures called pets here; there are none"):
        with_own_pictures(_request("own:pets"), pictures)
    again = gathered(as_folder(tmp_path / "more", two_classes(21)), pictures, "pets")
    with pytest.raises(Problem, match="Other pictures are called pets now"):
        with_own_pictures(earlier.model_dump(), pictures)
    with pytest.raises(PicturesGone, match="the pictures pets aren't here any more"):
        load(earlier.dataset, cache_folder=tmp_path / "cache")
    assert with_own_pictures(_request("own:pets"), pictures)["dataset"] == again.reference


@pytest.mark.parametrize("name", ["images.npy", "labels.npy"])
def test_a_flipped_bit_is_never_trained_on(name: str, kept: KeptPictures, tmp_path: Path) -> None:
    path = tmp_path / "pictures" / kept.digest[:16] / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(PicturesGone, match="are damaged: remove them and add them again"):
        load(kept.reference, cache_folder=tmp_path / "cache")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"batch_size": 99}, "a batch of 99 needs more than the"),
        ({"own": None}, "there are no such pictures here"),
        ({"dataset": "mnist"}, "mnist comes with the program: leave own out"),
        ({"dataset": "flowers"}, "Input should be"),
    ],
)
def test_a_recipe_that_can_not_be_trained_on_it_is_refused(
    changes: dict[str, Any], words: str, kept: KeptPictures, tmp_path: Path
) -> None:
    whole = with_own_pictures(_request(kept.reference), tmp_path / "pictures")
    with pytest.raises(ValidationError, match=words):
        resolve({**whole, **changes})


def test_a_data_set_that_comes_with_the_program_forgets_what_was_said_of_others(
    kept: KeptPictures, tmp_path: Path
) -> None:
    whole = with_own_pictures(_request(kept.reference), tmp_path / "pictures")
    assert "own" not in with_own_pictures({**whole, "dataset": "mnist"}, tmp_path / "pictures")
