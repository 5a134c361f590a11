"""Whole modules and scripts of PyTorch say of what kind their layers are; none of it is run."""

from pathlib import Path

import numpy as np
import pytest

from app.reading.contents import Contents
from app.reading.files import read_weights
from tests.reading import torch_files as torch
from tests.reading.networks import assert_equal, kernels_of, kinds_of, random

KERNELS = {
    "stem": random(8, 3, 5, 5),
    "dw": random(16, 1, 3, 3),
    "mix": random(12, 4, 1, 1),
    "up": random(12, 5, 2, 2),
    "line": random(4, 5, 7),
    "out": random(10, 4),
}


def _parameter(title: str) -> bytes:
    key = list(KERNELS).index(title)
    tensor = torch.tensor(str(key), KERNELS[title])
    return torch.call("torch._utils._rebuild_parameter", tensor, b"\x88", b"N")


def _network() -> bytes:
    linear = {"in_features": torch.number(4), "out_features": torch.number(10)}
    body = {
        "0": torch.conv("Conv2d", _parameter("dw"), groups=8, padding=(1, 1)),
        "1": torch.module("torch.nn.modules.activation.ReLU"),
        "2": torch.conv("Conv2d", _parameter("mix"), groups=4, padding="same"),
        "3": torch.module("my.layers.Odd", {"weight": torch.tensor("0", KERNELS["stem"])}),
    }
    return torch.module(
        "my.models.Network",
        modules={
            "stem": torch.conv("Conv2d", _parameter("stem"), stride=(2, 1), padding=(1, 2)),
            "body": torch.module("torch.nn.modules.container.Sequential", modules=body),
            "up": torch.conv("ConvTranspose2d", _parameter("up"), groups=2, stride=(2, 2)),
            "line": torch.conv("Conv1d", _parameter("line"), stride=(3,), padding=(0,)),
            "out": torch.module(
                "torch.nn.modules.linear.Linear", {"weight": _parameter("out")}, {}, linear
            ),
        },
    )


def _read(path: Path, tree: bytes) -> Contents:
    data = [torch.in_memory(kernel) for kernel in KERNELS.values()]
    return read_weights(torch.zipped(path, tree, data))


@pytest.mark.parametrize("around", ["", "torch.nn.parallel.data_parallel.DataParallel"])
def test_a_whole_module_tells_all_that_watch_tells_of_it(tmp_path: Path, around: str) -> None:
    tree = torch.module(around, modules={"module": _network()}) if around else _network()
    contents = _read(tmp_path / "x", tree)
    assert kinds_of(contents) == {
        "stem": "conv2d",
        "body.0": "depthwise_conv2d",
        "body.2": "conv2d",
        "up": "conv2d_transpose",
        "line": "conv1d",
        "out": "dense",
    }
    layers = {layer.described.title: layer.described for layer in contents.layers}
    assert (layers["stem"].strides, layers["stem"].padding) == ((2, 1), ((1, 1), (2, 2)))
    assert (layers["body.0"].shape, layers["body.0"].groups) == ((3, 3, 8, 2), 8)
    assert layers["body.0"].activation == "relu"
    assert (layers["body.2"].groups, layers["body.2"].padding) == (4, "same")
    assert (layers["up"].shape, layers["up"].padding) == ((2, 2, 6, 10), "valid")
    assert not any("taken for" in note for note in contents.notes)
    apart = KERNELS["up"].reshape(2, 6, 5, 2, 2).transpose(3, 4, 1, 0, 2)
    wanted = {
        "stem": KERNELS["stem"].transpose(2, 3, 1, 0),
        "body.0": KERNELS["dw"].transpose(2, 3, 0, 1).reshape(3, 3, 8, 2),
        "body.2": KERNELS["mix"].transpose(2, 3, 1, 0),
        "up": apart.reshape(2, 2, 6, 10),
        "line": KERNELS["line"].transpose(2, 1, 0),
        "out": KERNELS["out"].T,
    }
    assert_equal(kernels_of(contents), wanted)


def test_settings_that_cant_be_leave_a_layer_out(tmp_path: Path) -> None:
    parts = {
        "a": torch.conv("Conv2d", _parameter("stem"), stride=(0, -1)),
        "b": torch.conv("Conv2d", _parameter("stem"), groups=3),
    }
    contents = _read(tmp_path / "x", torch.module("my.Net", modules=parts))
    assert [layer.described.title for layer in contents.layers] == ["b"]
    assert contents.layers[0].described.groups == 1
    assert any(note.startswith("a: left out") for note in contents.notes)


def test_weights_come_before_averages_of_modules_too(tmp_path: Path) -> None:
    net = torch.module("my.Net", modules={"c": torch.conv("Conv2d", _parameter("stem"))})
    other = torch.module("my.Net", modules={"c": torch.conv("Conv2d", _parameter("dw"))})
    tree = torch.entries({"ema": other, "model": net, "epoch": torch.number(4)})
    contents = _read(tmp_path / "x", tree)
    assert_equal(kernels_of(contents), {"c": KERNELS["stem"].transpose(2, 3, 1, 0)})
    assert (contents.step, contents.step_unit) == (4, "epoch")
    alone = _read(tmp_path / "y", torch.entries({"ema": other, "model": b"N"}))
    assert list(kinds_of(alone)) == ["c"]
    assert any("averages of the weights" in note.lower() for note in alone.notes)


@pytest.mark.parametrize("traced", [False, True])
def test_a_script_tells_kinds_by_its_classes_and_settings_by_its_text(
    tmp_path: Path, traced: bool
) -> None:
    path = "torch.nn.modules.conv"
    declared = (
        "  stride : Final[Tuple[int, int]] = (2, 2)\n"
        "  dilation : Final[Tuple[int, int]] = (1, 1)\n"
        "  padding : Final[Tuple[int, int]] = (1, 1)\n  groups : Final[int] = 8\n"
    )
    called = (
        "    input = torch._convolution(x, weight, bias, [2, 2], [1, 1], [1, 1], False, "
        "[0, 0], 8, False, False, True, True)\n"
    )
    text = f"class Conv2d(Module):\n  weight : Tensor\n{called if traced else declared}"
    weight = torch.entries({"weight": torch.tensor("0", KERNELS["dw"]), "bias": b"N"})
    layer = torch.instance(f"__torch__.{path}.Conv2d", weight)
    tree = torch.instance("__torch__.my.Net", torch.entries({"conv1": layer, "training": b"\x88"}))
    members = {f"code/__torch__/{path.replace('.', '/')}.py": text.encode()}
    kernel = KERNELS["dw"]
    contents = read_weights(torch.zipped(tmp_path / "x", tree, [kernel.tobytes()], members))
    assert contents.format == "torchscript"
    (found,) = contents.layers
    assert (found.described.kind, found.described.groups) == ("depthwise_conv2d", 8)
    assert (found.described.strides, found.described.padding) == ((2, 2), ((1, 1), (1, 1)))
    wanted = kernel.transpose(2, 3, 0, 1).reshape(3, 3, 8, 2)
    np.testing.assert_array_equal(found.kernel(), wanted)
