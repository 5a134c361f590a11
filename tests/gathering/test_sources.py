"""Folders, zips and arrays become the same data set, and say what was made of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.gathering.request import NotGathered
from app.kept_pictures import all_kept, kept_for
from app.vocabulary.own_pictures import own_reference
from tests.gathering.samples import (
    as_folder,
    as_zip,
    encoded,
    gathered,
    images_of,
    pixels,
    refusal,
    two_classes,
)


def test_a_folder_and_a_zip_of_it_are_the_same_data_set(tmp_path: Path) -> None:
    files = two_classes()
    folder = gathered(as_folder(tmp_path / "pets", files), tmp_path / "one")
    packed = as_zip(tmp_path / "pets.zip", {f"pets/{name}": data for name, data in files.items()})
    assert gathered(packed, tmp_path / "two").digest == folder.digest
    assert folder.class_names == ("cats", "dogs")
    assert folder.shape == (32, 32, 3)
    assert sum(folder.train_counts) + sum(folder.test_counts) == 12


def test_every_picture_is_kept_as_it_was_with_its_class(tmp_path: Path) -> None:
    kept = gathered(as_folder(tmp_path / "pets", two_classes()), tmp_path / "kept")
    images, classes = images_of(kept, tmp_path / "kept")
    found = {image.tobytes(): name for image, name in zip(images, classes, strict=True)}
    for number, name in enumerate(("cats", "dogs")):
        for place in range(6):
            assert found[pixels(100 * number + place).tobytes()] == name


def test_what_is_kept_is_its_owners_alone(tmp_path: Path) -> None:
    gathered(as_folder(tmp_path / "pets", two_classes()), tmp_path / "kept")
    for path in (tmp_path / "kept").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_classes_are_called_anything_that_unicode_has(tmp_path: Path) -> None:
    names = ("Rösé", "тюльпан", "菊", "🌻 sun", "ورد")
    files = {
        f"{name}/{i}.png": encoded(pixels(hash(i) + 9 * n))
        for n, name in enumerate(names)
        for i in range(3)
    }
    folder = gathered(as_folder(tmp_path / "a", files), tmp_path / "one")
    assert set(folder.class_names) == set(names)
    assert gathered(as_zip(tmp_path / "b.zip", files), tmp_path / "two").digest == folder.digest


def test_no_picture_is_learned_and_tested_with(tmp_path: Path) -> None:
    files = two_classes(40)
    copies = {name.replace("/", "/copy of "): data for name, data in files.items()}
    kept = gathered(as_folder(tmp_path / "pets", {**files, **copies}), tmp_path / "kept")
    images, _ = images_of(kept, tmp_path / "kept")
    train = {image.tobytes() for image in images[: sum(kept.train_counts)]}
    test = {image.tobytes() for image in images[sum(kept.train_counts) :]}
    assert len(train) + len(test) == 80
    assert not train & test
    assert kept.left_out_count == 80
    assert all("the same picture as" in one.why for one in kept.left_out)
    assert 6 <= len(test) <= 28


def test_more_pictures_move_none_to_the_other_set(tmp_path: Path) -> None:
    def tested(each: int) -> set[bytes]:
        kept = gathered(as_folder(tmp_path / f"{each}", two_classes(each)), tmp_path / f"k{each}")
        images, _ = images_of(kept, tmp_path / f"k{each}")
        return {image.tobytes() for image in images[sum(kept.train_counts) :]}

    few, many = tested(20), tested(40)
    assert few <= many


def test_the_same_picture_in_two_classes_is_told(tmp_path: Path) -> None:
    files = two_classes()
    files["dogs/9.png"] = files["cats/0.png"]
    kept = gathered(as_folder(tmp_path / "pets", files), tmp_path / "kept")
    assert [(one.name, one.why) for one in kept.left_out] == [
        ("dogs/9.png", "it is the same picture as cats/0.png, which is of another class")
    ]


def test_the_systems_own_files_are_counted_and_others_told(tmp_path: Path) -> None:
    files = {
        **two_classes(),
        ".DS_Store": b"x",
        "cats/Thumbs.db": b"x",
        "__MACOSX/cats/._0.png": b"x",
        "readme.txt": b"hello",
        "cats/notes.txt": b"hello",
        "cats/cut.png": encoded(pixels(1))[:90],
    }
    kept = gathered(as_zip(tmp_path / "pets.zip", files), tmp_path / "kept")
    assert kept.hidden == 3
    assert {one.name: one.why.partition(";")[0] for one in kept.left_out} == {
        "readme.txt": "it lies in no class's folder",
        "cats/notes.txt": "it is no picture of a kind that is read",
        "cats/cut.png": "it is damaged or cut off",
    }


def test_folders_of_sets_are_kept_apart(tmp_path: Path) -> None:
    files = {f"train/{name}": data for name, data in two_classes(5).items()}
    files |= {
        f"val/{n}/{i}.png": encoded(pixels(900 + 10 * k + i))
        for k, n in enumerate(("cats", "dogs"))
        for i in range(2)
    }
    kept = gathered(as_folder(tmp_path / "pets", files), tmp_path / "kept")
    assert (kept.train_counts, kept.test_counts) == ((5, 5), (2, 2))
    assert kept.understood == ("The folders say the sets: train for training, val for testing.",)


ARRAYS: dict[str, tuple[dict[str, Any], tuple[int, int, int], str]] = {
    "nhwc": (
        {"images": np.uint8, "labels": "n"},
        (28, 28, 3),
        "channels last, numbers from 0 to 255",
    ),
    "nchw": ({"X": np.uint8, "Y": "n"}, (28, 28, 3), "channels first, numbers from 0 to 255"),
    "gray": ({"data": np.uint8, "target": "n"}, (28, 28, 1), "one number a pixel"),
    "unit": ({"x": np.float32, "y": "n"}, (28, 28, 3), "fractions from 0 to 1"),
    "signed": ({"arr_0": np.float64, "arr_1": "one-hot"}, (28, 28, 3), "fractions from −1 to 1"),
    "words": ({"images": np.uint8, "labels": "words"}, (28, 28, 3), "channels last"),
}


@pytest.mark.parametrize("case", ARRAYS)
def test_arrays_are_understood_under_their_usual_names(case: str, tmp_path: Path) -> None:
    (first, second), shape, words = tuple(ARRAYS[case][0]), *ARRAYS[case][1:]
    images = np.random.default_rng(3).integers(0, 256, (30, 28, 28, shape[2]), np.uint8)
    given: Any = images
    if case == "nchw":
        given = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
    elif case == "gray":
        given = images[..., 0]
    elif case == "unit":
        given = (images / 255).astype(np.float32)
    elif case == "signed":
        given = images / 127.5 - 1
    numbers = np.arange(30) % 3
    labels: Any = {"one-hot": np.eye(3)[numbers], "words": np.array(["a", "b", "c"])[numbers]}.get(
        ARRAYS[case][0][second], numbers
    )
    np.savez(tmp_path / "own.npz", **{first: given, second: labels})
    kept = gathered(tmp_path / "own.npz", tmp_path / "kept")
    assert kept.shape == shape
    assert words in kept.understood[0]
    found, classes = images_of(kept, tmp_path / "kept")
    there = {image.tobytes(): name for image, name in zip(found, classes, strict=True)}
    names = ("a", "b", "c") if case == "words" else ("0", "1", "2")
    assert there == {image.tobytes(): names[i % 3] for i, image in enumerate(images)}


def test_the_sets_of_an_archive_stay_its_own(tmp_path: Path) -> None:
    images = np.random.default_rng(3).integers(0, 256, (30, 28, 28), np.uint8)
    numbers = np.arange(30) % 3
    np.savez_compressed(
        tmp_path / "own.npz",
        x_train=images[:20],
        y_train=numbers[:20],
        x_test=images[20:],
        y_test=numbers[20:],
    )
    kept = gathered(tmp_path / "own.npz", tmp_path / "kept")
    assert (sum(kept.train_counts), sum(kept.test_counts)) == (20, 10)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"pictures": np.zeros((4, 8, 8)), "y": np.zeros(4)}, "the archive holds pictures, y"),
        ({"x": np.zeros((4, 8, 8)), "y": np.zeros(3)}, "x holds 4 pictures and y 3 labels"),
        ({"x": np.zeros((4, 8, 8, 7)), "y": np.zeros(4)}, "x has the shape (4, 8, 8, 7)"),
        ({"x": np.full((4, 8, 8), 300.0), "y": np.zeros(4)}, "go from 300 to 300"),
        ({"x": np.full((4, 8, 8), np.nan), "y": np.zeros(4)}, "no finite number"),
        ({"x": np.zeros((4, 8, 8)), "y": np.full(4, 0.5)}, "labels are one whole number or word"),
        ({"x": np.zeros((200, 8, 8)), "y": np.arange(200)}, "up to 100 whole numbers"),
        ({"x": np.array([{}] * 4), "y": np.zeros(4)}, "pickled Python objects"),
    ],
)
def test_arrays_that_are_no_data_set_are_refused_in_words(
    arrays: dict[str, Any], words: str, tmp_path: Path
) -> None:
    np.savez(tmp_path / "own.npz", **arrays)
    assert words in refusal(tmp_path / "own.npz", tmp_path / "kept")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"cats/1.png": encoded(pixels(1))}, "only one class, cats"),
        (
            {"notes.txt": b"x"},
            "no picture that can be read (notes.txt: it lies in no class's folder)",
        ),
        ({**two_classes(), "one/1.png": encoded(pixels(77))}, "the class one has one picture"),
    ],
)
def test_too_little_is_refused_in_words(
    files: dict[str, bytes], words: str, tmp_path: Path
) -> None:
    assert words in refusal(as_folder(tmp_path / "own", files), tmp_path / "kept")


def test_a_name_and_a_content_are_there_once(tmp_path: Path) -> None:
    pets, kept = as_folder(tmp_path / "pets", two_classes()), tmp_path / "kept"
    first = gathered(pets, kept, "pets")
    with pytest.raises(NotGathered, match="a data set is called pets already"):
        gathered(as_folder(tmp_path / "others", two_classes(7)), kept, "pets")
    with pytest.raises(NotGathered, match="the same pictures are here already, as pets"):
        gathered(pets, kept, "again")
    assert all_kept(kept) == [first]
    reference = own_reference(first.reference)
    assert reference is not None
    assert kept_for(kept, reference) == first
    assert kept_for(kept, reference._replace(digest="0" * 16)) is None


def test_names_that_a_zip_does_not_mark_as_unicode_are_read_as_that(tmp_path: Path) -> None:
    files = {name.replace("cats", "Kaese"): data for name, data in two_classes(3).items()}
    content = as_zip(tmp_path / "new.zip", files).read_bytes()
    (tmp_path / "old.zip").write_bytes(content.replace(b"Kaese", "Käse".encode()))
    assert gathered(tmp_path / "old.zip", tmp_path / "kept").class_names == ("dogs", "Käse")
