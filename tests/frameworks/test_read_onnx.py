"""What PyTorch exports and `onnx` saves is read as `watch` tells of the same model."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.external_data_helper
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from app.client.torch_layers import layers_of
from app.reading.files import read_weights

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


def model() -> nn.Sequential:
    """All kinds of layers of images one behind the other."""
    torch.manual_seed(3)
    return nn.Sequential(
        nn.Conv2d(3, 8, 5, stride=2, padding=2),
        nn.ReLU(),
        nn.Conv2d(8, 16, 3, groups=8, bias=False),
        nn.Conv2d(16, 12, (1, 3), groups=4, dilation=(1, 2)),
        nn.ConvTranspose2d(12, 6, 2, stride=2, groups=3),
        nn.Tanh(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(6, 5),
    ).eval()


@pytest.mark.parametrize("dynamo", [False, True], ids=["script", "dynamo"])
def test_an_exported_model_is_read_as_watch_tells_of_it(dynamo: bool, tmp_path: Path) -> None:
    if dynamo:
        pytest.importorskip("onnxscript")
    path, network = tmp_path / "model.onnx", model()
    torch.onnx.export(network, (torch.zeros(1, 3, 32, 32),), path, dynamo=dynamo)
    read = read_weights(path)
    told = layers_of(network)
    assert (read.framework or "").lower().startswith("pytorch")
    assert read.input_shape == (32, 32, 3)
    assert len(read.layers) == len(told)
    for found, layer in zip(read.layers, told, strict=True):
        kept = {name: held_of(array) for name, array in layer.copies().items()}
        described = found.described.model_dump(mode="json")
        same = {name: described[name] for name in ("kind", "shape", "groups", "bias")}
        assert same == {name: layer.told[name] for name in same}
        assert np.array_equal(found.kernel(), kept["kernel"])
        if "bias" in kept:
            assert found.bias is not None
            assert np.array_equal(found.bias(), kept["bias"])
    assert [found.described.activation for found in read.layers][:1] == ["relu"]


def held_of(array: Any) -> Any:
    """Gives an array that is there, or works it out."""
    return array() if callable(array) else array


@pytest.mark.parametrize("dtype", [TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.BFLOAT16])
@pytest.mark.parametrize("way", ["raw", "numbers", "beside"])
def test_weights_of_any_kind_are_read_wherever_they_lie(
    dtype: int, way: str, tmp_path: Path
) -> None:
    kernel = np.random.default_rng(1).normal(size=(4, 3, 5, 5)).astype("f4")
    if way == "numbers":
        weights = helper.make_tensor("stem.weight", dtype, kernel.shape, kernel.ravel())
    else:
        held = kernel.astype(helper.tensor_dtype_to_np_dtype(dtype))
        weights = helper.make_tensor("stem.weight", dtype, kernel.shape, held.tobytes(), raw=True)
    node = helper.make_node("Conv", ["x", "stem.weight"], ["y"], strides=[1, 1])
    given = helper.make_tensor_value_info("x", dtype, [None, 3, None, None])
    graph = helper.make_graph([node], "g", [given], [], [weights])
    path = tmp_path / "model.onnx"
    whole = helper.make_model(graph)
    onnx.save(
        whole, path, save_as_external_data=way == "beside", location="w.bin", size_threshold=0
    )
    expected = numpy_helper.to_array(weights).astype("f4").transpose(2, 3, 1, 0)
    (found,) = read_weights(path).layers
    assert found.described.title == "stem"
    assert np.array_equal(found.kernel(), expected)


def test_published_models_are_read_as_onnx_reads_them(tmp_path: Path) -> None:
    names = ["rapidocr-onnxruntime==1.4.4", "silero-vad==6.2.3"]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "-d", tmp_path]
    ran = subprocess.run([*command, *names], capture_output=True, text=True, timeout=240)
    if ran.returncode:
        pytest.skip(f"the packages can't be had here: {ran.stderr.strip()[-200:]}")
    for wheel in tmp_path.glob("*.whl"):
        with zipfile.ZipFile(wheel) as file:
            file.extractall(tmp_path)
    paths = sorted(tmp_path.rglob("*.onnx"))
    assert len(paths) == 9
    for path in paths:
        read = [
            layer.kernel().tobytes()
            for layer in read_weights(path).layers
            if layer.described.kind in ("conv1d", "conv2d")
        ]
        expected = kernels_in(onnx.load(path).graph, {})
        assert expected
        assert set(read) == expected, path.name


def kernels_in(graph: Any, outer: dict[str, Any]) -> set[bytes]:
    """Finds the kernels of convolutions as `onnx` has them, less depthwise ones, in our order."""
    known = {**outer, **{tensor.name: tensor for tensor in graph.initializer}}
    found: set[bytes] = set()
    for node in graph.node:
        settings = {attribute.name: attribute for attribute in node.attribute}
        if node.op_type == "Constant" and "value" in settings:
            known[node.output[0]] = settings["value"].t
        elif node.op_type in ("Identity", "Cast") and node.input[0] in known:
            known[node.output[0]] = known[node.input[0]]
        elif node.op_type == "Conv" and node.input[1] in known:
            kernel = numpy_helper.to_array(known[node.input[1]]).astype("f4")
            groups = settings["group"].i if "group" in settings else 1
            if groups == 1 or kernel.shape[1] > 1:
                axes = (*range(2, kernel.ndim), 1, 0)
                found.add(np.ascontiguousarray(kernel.transpose(axes)).tobytes())
        for setting in node.attribute:
            if setting.HasField("g"):
                found |= kernels_in(setting.g, known)
    return found
