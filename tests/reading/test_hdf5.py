"""HDF5 read as the HDF Group's own library reads it, in all ways in which h5py writes it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from app.reading.hdf5.file import Hdf5Group, read_hdf5
from app.reading.pieces import OpenedFile, PlainPiece
from tests.reading.keras_files import numbers


def opened(path: Path) -> Hdf5Group:
    """Reads a whole file."""
    file = OpenedFile(path)
    return read_hdf5(PlainPiece(file, 0, file.size, "it"))


@pytest.mark.parametrize("version", ["earliest", "v108", "v110", "latest"])
@pytest.mark.parametrize("ordered", [False, True])
def test_many_groups_and_attributes_are_read_however_they_are_kept(
    version: str, ordered: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.h5"
    texts = {f"names{part}": [f"né{part}-{n}" for n in range(200)] for part in range(12)}
    kernels = {f"conv_{n}": numbers(3, 3, 2, 2, seed=n) for n in range(120)}
    with h5py.File(path, "w", libver=version, track_order=ordered) as file:
        group = file.create_group("layers", track_order=ordered)
        for name, kernel in kernels.items():
            group.create_group(f"{name}/vars")["0"] = kernel
        file.attrs.update(texts)
        file.attrs["config"] = "x" * 100_000
        file.attrs["fixed"] = np.array([b"ab", b"c"])
    root = opened(path)
    for name, listed in texts.items():
        assert root.attributes.texts(name) == listed
    assert root.attributes.text("config") == "x" * 100_000
    assert root.attributes.texts("fixed") == ["ab", "c"]
    assert root.attributes.text("nothing") is None
    assert set(root.groups["layers"].groups) == set(kernels)
    for name, kernel in kernels.items():
        array = root.array(f"layers/{name}/vars/0")
        assert array is not None
        assert np.array_equal(array.read(), kernel)


SETTINGS: list[dict[str, Any]] = [
    {},
    {"chunks": (7, 3)},
    {"chunks": (7, 3), "compression": "gzip"},
    {"chunks": (30, 17), "compression": "gzip", "shuffle": True, "fletcher32": True},
    {"chunks": (1, 9), "fletcher32": True},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: "-".join(settings) or "plain")
@pytest.mark.parametrize("dtype", ["<f4", ">f4", "<f2", "<f8", "<i8", "u1"])
def test_arrays_in_one_or_in_pieces_packed_or_not_are_read_bit_for_bit(
    settings: dict[str, Any], dtype: str, tmp_path: Path
) -> None:
    values = (numbers(30, 17) * 50).astype("i8").astype(dtype)
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("a", data=values, **settings)
    array = opened(path).arrays["a"]
    assert array.shape == (30, 17)
    assert array.read().dtype == values.dtype
    assert np.array_equal(array.read(), values)


def _compact(file: h5py.File) -> None:
    made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    made.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4, 3))
    h5py.h5d.create(file.id, b"a", h5py.h5t.IEEE_F32LE, space, made)
    file["a"][...] = numbers(4, 3)


def _filled_in_steps(file: h5py.File) -> None:
    array = file.create_dataset("a", (0, 3), "f4", maxshape=(None, 3), chunks=(2, 3))
    array.resize(4, axis=0)
    array[...] = numbers(4, 3)


@pytest.mark.parametrize("fill", [_compact, _filled_in_steps])
def test_small_arrays_and_those_that_grew_are_read(
    fill: Callable[[h5py.File], None], tmp_path: Path
) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        fill(file)
    assert np.array_equal(opened(tmp_path / "a.h5").arrays["a"].read(), numbers(4, 3))


def test_single_numbers_and_empty_arrays_are_read(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["number"] = np.int64(7)
        file["empty"] = np.zeros((0, 3), "f4")
    root = opened(tmp_path / "a.h5")
    assert root.arrays["number"].read()[()] == 7
    assert root.arrays["empty"].read().shape == (0, 3)
