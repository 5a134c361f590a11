import shutil
from pathlib import Path

import numpy as np
import pytest

from app.datasets import mnist
from app.datasets.mnist import DatasetFileError


def test_the_shipped_file_is_the_one_it_claims_to_be() -> None:
    archive = mnist.open_archive()
    assert {name: archive[name].shape for name in archive} == {
        "x_train": (60000, 28, 28),
        "y_train": (60000,),
        "x_test": (10000, 28, 28),
        "y_test": (10000,),
    }


def test_the_figures_are_those_of_the_training_pixels() -> None:
    counts = np.bincount(mnist.open_archive()["x_train"].ravel(), minlength=256)
    shades = np.arange(256) / 255
    mean = counts @ shades / counts.sum()
    assert pytest.approx(mean, rel=1e-12) == mnist.MEAN
    assert pytest.approx(np.sqrt(counts @ (shades - mean) ** 2 / counts.sum())) == mnist.STD


def test_one_flipped_bit_is_refused_by_name_with_the_way_out(tmp_path: Path) -> None:
    damaged = tmp_path / "mnist.npz"
    shutil.copyfile(mnist.FILE, damaged)
    content = bytearray(damaged.read_bytes())
    content[5_000_000] ^= 1
    damaged.write_bytes(bytes(content))
    with pytest.raises(DatasetFileError, match=r"mnist\.npz is damaged.*git checkout"):
        mnist.open_archive(damaged)


def test_a_missing_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(DatasetFileError, match=r"mnist\.npz can't be read.*git checkout"):
        mnist.open_archive(tmp_path / "mnist.npz")


def test_the_licence_note_carries_the_checksum_that_is_checked() -> None:
    note = mnist.FILE.with_name("MNIST-LICENSE.md").read_text(encoding="utf-8")
    assert mnist.SHA256 in note
    assert "CC BY-SA 3.0" in note
