"""NumPy's files are read bit for bit, and the objects in them stay shut."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.reading.contents import WeightsUnreadable
from app.reading.files import read_weights
from tests.reading.networks import assert_equal, kernels_of, kinds_of, random


def test_a_tree_of_flax_is_read_in_its_order_of_axes(tmp_path: Path) -> None:
    kernels = {"conv1": random(5, 5, 3, 8), "conv2": random(4, 4, 8, 6), "head": random(6, 4)}
    arrays = {f"params/{name}/kernel": kernel for name, kernel in kernels.items()}
    with (tmp_path / "x").open("wb") as file:
        np.savez(file, **arrays, step=np.int64(40))
    contents = read_weights(tmp_path / "x")
    assert (contents.format, contents.step) == ("npz", 40)
    assert_equal(kernels_of(contents), kernels)
    assert list(kinds_of(contents).values()) == ["conv2d", "conv2d", "dense"]


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", ["<f4", ">f4", "<f2", "<f8"])
def test_fortrans_order_and_other_bytes_orders_are_turned(
    tmp_path: Path, save: Callable[..., None], dtype: str
) -> None:
    kernel = np.asfortranarray(random(5, 5, 3, 8).astype(dtype))
    with (tmp_path / "x").open("wb") as file:
        save(file, kernel)
    contents = read_weights(tmp_path / "x")
    assert_equal(kernels_of(contents), {"arr_0": kernel.astype(np.float32)})
    assert any("guessed from its shape" in note for note in contents.notes)


@pytest.mark.parametrize("turned", [False, True])
def test_one_array_alone_is_one_layer(tmp_path: Path, turned: bool) -> None:
    kernel = random(5, 5, 3, 8)
    np.save(tmp_path / "x.npy", kernel.transpose(3, 2, 0, 1) if turned else kernel)
    assert_equal(kernels_of(read_weights(tmp_path / "x.npy")), {"weights": kernel})


def test_what_neither_names_nor_shapes_tell_is_asked_for(tmp_path: Path) -> None:
    kernel = random(3, 3, 3, 3)
    np.savez(tmp_path / "x.npz", kernel)
    with pytest.raises(WeightsUnreadable, match=r"arr_0 has the shape .* --layout hwio"):
        read_weights(tmp_path / "x.npz")
    assert_equal(kernels_of(read_weights(tmp_path / "x.npz", "hwio")), {"arr_0": kernel})


def test_layers_that_tell_their_order_tell_it_for_the_others(tmp_path: Path) -> None:
    kernels = {"arr_0": random(5, 5, 3, 8), "arr_1": random(3, 3, 8, 8)}
    np.savez(tmp_path / "x.npz", *kernels.values())
    assert_equal(kernels_of(read_weights(tmp_path / "x.npz")), kernels)


def test_objects_stay_shut(tmp_path: Path) -> None:
    objects = np.array([{"a": 1}, None], dtype=object)
    np.savez(tmp_path / "x.npz", conv_kernel=random(5, 5, 3, 8), others=objects)
    contents = read_weights(tmp_path / "x.npz")
    assert list(kinds_of(contents)) == ["conv_kernel"]
    assert any("others: left shut" in note for note in contents.notes)
    np.save(tmp_path / "y.npy", objects)
    with pytest.raises(WeightsUnreadable, match="holds Python objects"):
        read_weights(tmp_path / "y.npy")
