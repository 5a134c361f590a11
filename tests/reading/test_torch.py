"""Files of PyTorch are read bit for bit without it."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.reading.files import read_weights
from tests.reading import torch_files as torch
from tests.reading.networks import (
    assert_equal,
    assert_is_the_network,
    in_keras_order,
    kernels_of,
    kinds_of,
    random,
    torch_network,
)

Array = NDArray[Any]
Save = Callable[[Path, dict[str, Array]], Path]
WAYS = [torch.saved, torch.saved_legacy]


@pytest.mark.parametrize("save", WAYS)
def test_a_state_dict_is_read_whichever_way_it_was_written(tmp_path: Path, save: Save) -> None:
    tensors = torch_network()
    contents = read_weights(save(tmp_path / "anything.txt", tensors))
    assert contents.format == ("torch" if save is torch.saved else "torch_legacy")
    assert contents.framework == "PyTorch"
    assert_is_the_network(contents, tensors)
    assert any("dw: taken for a depthwise layer" in note for note in contents.notes)
    assert any("up: taken for a transposed" in note for note in contents.notes)


@pytest.mark.parametrize("save", WAYS)
@pytest.mark.parametrize("dtype", ["f2", "f8"])
def test_other_floats_become_float32(tmp_path: Path, save: Save, dtype: str) -> None:
    tensors = {"conv1.weight": random(8, 3, 5, 5).astype(dtype)}
    found = kernels_of(read_weights(save(tmp_path / "x", tensors)))
    wanted = tensors["conv1.weight"].astype(np.float32).transpose(2, 3, 1, 0)
    assert_equal(found, {"conv1": wanted})


def test_bfloat16_is_the_upper_half_of_float32(tmp_path: Path) -> None:
    kernel = random(8, 3, 5, 5)
    upper = (kernel.view(np.uint32) >> 16).astype(np.uint16)
    place = torch.storage("0", kernel.size, "BFloat16")
    tree = torch.entries({"c.weight": torch.view(place, 0, kernel.shape, torch.strides_of(kernel))})
    found = kernels_of(read_weights(torch.zipped(tmp_path / "x", tree, [upper.tobytes()])))
    wanted = (upper.astype(np.uint32) << 16).view(np.float32)
    assert_equal(found, {"c": wanted.transpose(2, 3, 1, 0)})


def test_views_of_one_large_storage_are_cut_out_of_it(tmp_path: Path) -> None:
    pool = random(5000)
    lasts = (8, 3, 5, 5), (75 * 2, 25, 5, 1)  # every other filter of sixteen
    tree = torch.entries(
        {
            "conv1.weight": torch.view(torch.storage("0", 5000), 17, *lasts),
            "conv2.weight": torch.view(torch.storage("0", 5000), 3000, (4, 8, 3, 3), (72, 9, 3, 1)),
        }
    )
    found = kernels_of(read_weights(torch.zipped(tmp_path / "x", tree, [pool.tobytes()])))
    first = pool[17 : 17 + 16 * 75].reshape(16, 3, 5, 5)[::2]
    second = pool[3000 : 3000 + 4 * 72].reshape(4, 8, 3, 3)
    wanted = {"conv1": first.transpose(2, 3, 1, 0), "conv2": second.transpose(2, 3, 1, 0)}
    assert_equal(found, wanted)


@pytest.mark.parametrize("save", WAYS)
def test_channels_last_is_an_order_in_memory_alone(tmp_path: Path, save: Save) -> None:
    kernel = random(8, 5, 5, 3).transpose(0, 3, 1, 2)
    path = tmp_path / "x"
    if save is torch.saved:
        torch.zipped(path, torch.state_dict({"c.weight": kernel}), [_as_it_lies(kernel)])
    else:
        tree = torch.state_dict({"c.weight": kernel}, b"N")
        torch.legacy(path, tree, {"0": (kernel.size, _as_it_lies(kernel))})
    assert_equal(kernels_of(read_weights(path)), {"c": kernel.transpose(2, 3, 1, 0)})


def _as_it_lies(kernel: Array) -> bytes:
    return np.ascontiguousarray(kernel.transpose(0, 2, 3, 1)).tobytes()


def test_a_compressed_zip_is_read_too(tmp_path: Path) -> None:
    tensors = torch_network()
    data = [torch.in_memory(array) for array in tensors.values()]
    tree = torch.state_dict(tensors)
    path = torch.zipped(tmp_path / "x", tree, data, method=zipfile.ZIP_DEFLATED)
    assert_is_the_network(read_weights(path), tensors)


@pytest.mark.parametrize("around", ["module.", "_orig_mod.", "module._orig_mod.", "model."])
def test_what_is_put_around_a_network_isnt_part_of_its_names(tmp_path: Path, around: str) -> None:
    tensors = torch_network()
    path = torch.saved(tmp_path / "x", {f"{around}{n}": a for n, a in tensors.items()})
    assert_is_the_network(read_weights(path), tensors)


def test_a_sequential_called_model_keeps_its_name_before_the_numbers(tmp_path: Path) -> None:
    path = torch.saved(tmp_path / "x", {"model.0.weight": random(8, 3, 5, 5)})
    assert list(kinds_of(read_weights(path))) == ["model.0"]


def test_a_checkpoint_of_lightning_gives_the_network_alone_and_its_step(tmp_path: Path) -> None:
    tensors = torch_network()
    moment = torch.tensor("50", random(8, 3, 5, 5, seed=9))
    state = torch.entries({0: torch.entries({"exp_avg": moment, "step": torch.number(4)})})
    tree = torch.entries(
        {
            "epoch": torch.number(3),
            "global_step": torch.number(1200),
            "pytorch-lightning_version": torch.text("2.6.1"),
            "state_dict": torch.state_dict({f"model.{n}": a for n, a in tensors.items()}),
            "optimizer_states": b"](" + torch.entries({"state": state}) + b"e",
            "hyper_parameters": torch.instance("my.Config", torch.entries({"lr": b"K\x01"})),
        }
    )
    data = [torch.in_memory(array) for array in tensors.values()]
    members = {"data/50": random(8, 3, 5, 5, seed=9).tobytes()}
    contents = read_weights(torch.zipped(tmp_path / "x", tree, data, members))
    assert_is_the_network(contents, tensors)
    assert (contents.step, contents.step_unit) == (1200, "update")
    assert contents.framework == "Lightning 2.6.1"
    assert any("the optimiser" in note.lower() for note in contents.notes)


def test_an_epoch_is_told_as_one_where_no_step_is(tmp_path: Path) -> None:
    tensors = {"conv1.weight": random(8, 3, 5, 5)}
    tree = torch.entries({"epoch": torch.number(12), "model": torch.state_dict(tensors)})
    data = [torch.in_memory(tensors["conv1.weight"])]
    contents = read_weights(torch.zipped(tmp_path / "x", tree, data))
    assert (contents.step, contents.step_unit) == (12, "epoch")
    assert list(kinds_of(contents)) == ["conv1"]


def test_averages_are_left_out_where_the_weights_stand_beside_them(tmp_path: Path) -> None:
    tensors = torch_network()
    averages = {n: a * 2 for n, a in tensors.items()}
    both = {
        **{f"model_ema.{n}": a for n, a in averages.items()},
        **{f"model.{n}": a for n, a in tensors.items()},
    }
    contents = read_weights(torch.saved(tmp_path / "x", both))
    assert_equal(kernels_of(contents), in_keras_order(tensors))
    assert any("averaged copies" in note.lower() for note in contents.notes)
    alone = read_weights(torch.saved(tmp_path / "y", {f"ema.{n}": a for n, a in averages.items()}))
    assert len(alone.layers) == 5
    assert any("averages of the weights" in note.lower() for note in alone.notes)


@pytest.mark.parametrize(("names", "told"), [(["cat", "dog"], True), (["cat"], False)])
def test_names_of_classes_are_taken_if_there_are_as_many_outputs(
    tmp_path: Path, names: list[str], told: bool
) -> None:
    tensors = {"conv.weight": random(8, 3, 5, 5), "out.weight": random(2, 8)}
    listed = b"](" + b"".join(map(torch.text, names)) + b"e"
    tree = torch.entries({"classes": listed, "net": torch.state_dict(tensors)})
    data = [torch.in_memory(array) for array in tensors.values()]
    contents = read_weights(torch.zipped(tmp_path / "x", tree, data))
    assert contents.class_names == (tuple(names) if told else ())
    assert list(kinds_of(contents)) == ["net.conv", "net.out"]
