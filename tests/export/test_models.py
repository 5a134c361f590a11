"""Model files hold the weights where each format has them, whatever opens them."""

import doctest
import io
import json
import pickle
import pickletools
import zipfile
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from app.export.material import NetworkFormat
from app.export.models import wire
from app.export.models.torch_state import torch_state
from app.export.models.written import write_network
from app.inspection.refused import Missing, Refused
from app.inspection.whole import Shifted, whole_of
from app.kept_pictures import PicturesGone
from app.recipe import Recipe
from tests.export.networks import ORIGIN, Sample, sample_of
from tests.export.protobuf import every, only, tensors

# A layer of every kind, some with what they may be without.
LAYERS: list[dict[str, Any]] = [
    {"type": "conv2d", "filters": 3, "kernel_size": 4, "padding": "same", "strides": 2},
    {"type": "batch_normalization", "scale": False},
    {"type": "depthwise_conv2d", "kernel_size": 3, "depth_multiplier": 2, "activation": "tanh"},
    {"type": "max_pool2d", "padding": "same"},
    {"type": "average_pool2d", "pool_size": 3, "strides": 1, "padding": "same"},
    {"type": "dropout", "rate": 0.5},
    {"type": "conv2d", "filters": 4, "kernel_size": 2, "trainable": False},
    {"type": "flatten"},
    {"type": "dense", "units": 5, "activation": "relu", "weight_decay": 0.02},
    {"type": "dense", "units": 10},
]


def sample(folder: Path, **changes: Any) -> Sample:
    said = {"name": "n", "dataset": "mnist", "optimizer": {"type": "adam", "learning_rate": 0.01}}
    said |= {"batch_size": 4, "steps": 2, "layers": LAYERS, "scaling": "unit"}
    return sample_of(Recipe.model_validate(said | changes), folder)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample(tmp_path_factory.mktemp("cache"))


def written(one: Sample, kind: NetworkFormat) -> bytes:
    file = io.BytesIO()
    write_network(file, one.network, ORIGIN, one.code, kind)
    return file.getvalue()


def weights(one: Sample, layer: str) -> dict[str, Any]:
    return next(told.weights for told in one.network.layers if told.name == layer)


class Tensors(pickle.Unpickler):
    """Takes arrays for tensors, and nothing that PyTorch's `weights_only` wouldn't take."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        super().__init__(io.BytesIO(archive.read("network/data.pkl")))
        self.archive = archive

    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("collections", "OrderedDict"): dict,
            ("torch", "FloatStorage"): "<f4",
            ("torch", "LongStorage"): "<i8",
            ("torch._utils", "_rebuild_tensor_v2"): self.rebuilt,
        }
        return known[module, name]

    def persistent_load(self, told: tuple[Any, ...]) -> Any:
        _, dtype, key, place, count = told
        storage = np.frombuffer(self.archive.read(f"network/data/{key}"), dtype)
        assert (place, storage.size) == ("cpu", count)
        return storage

    @staticmethod
    def rebuilt(storage: Any, offset: int, shape: Any, strides: Any, *_more: Any) -> Any:
        steps = [stride * storage.itemsize for stride in strides]
        return np.lib.stride_tricks.as_strided(storage[offset:], shape, steps)


def test_a_torch_file_is_a_pickle_of_tensors_and_nothing_else(one: Sample) -> None:
    content = written(one, "torch")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            name = entry.filename.encode()
            assert content[entry.header_offset + 30 :].startswith(name)
            extra = int.from_bytes(content[entry.header_offset + 28 :][:2], "little")
            assert (entry.header_offset + 30 + len(name) + extra) % 64 == 0
        told = Tensors(archive).load()
        pickletools.dis(archive.read("network/data.pkl"), out=io.StringIO())
        assert json.loads(archive.read("network/filterscope.json")) == ORIGIN
        assert archive.read("network/network.py").decode() == one.code
    state = torch_state(one.network)
    assert list(told) == list(state)
    for name, array in state.items():
        assert np.array_equal(told[name], array), name
        assert told[name].dtype == array.dtype
    kernel = weights(one, "depthwise_conv1")["kernel"]
    assert np.array_equal(told["depthwise_conv1.weight"][3, 0], kernel[:, :, 1, 1])
    assert np.array_equal(told["dense1.weight"], weights(one, "dense1")["kernel"].T)
    assert told["batch_normalization1.weight"].tolist() == [1, 1, 1]


def test_safetensors_are_the_same_tensors_without_a_gap(one: Sample) -> None:
    content = written(one, "safetensors")
    begin = 8 + int.from_bytes(content[:8], "little")
    head = json.loads(content[8:begin])
    told = head.pop("__metadata__")
    assert told == {"format": "pt", **ORIGIN, "network.py": one.code}
    state, place = torch_state(one.network), 0
    assert set(head) == set(state)
    for name, entry in head.items():
        first, last = entry["data_offsets"]
        assert first == place, name
        dtype = {"F32": "<f4", "I64": "<i8"}[entry["dtype"]]
        array = np.frombuffer(content[begin + first : begin + last], dtype)
        assert np.array_equal(array.reshape(entry["shape"]), state[name]), name
        place = last
    assert begin % 8 == 0
    assert begin + place == len(content)


def test_a_keras_file_has_each_layers_arrays_under_its_class_and_number(one: Sample) -> None:
    with zipfile.ZipFile(io.BytesIO(written(one, "keras"))) as archive:
        config = json.loads(archive.read("config.json"))["config"]
        assert json.loads(archive.read("metadata.json"))["filterscope"] == ORIGIN
        file = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    stack = {layer["config"]["name"]: layer for layer in config["layers"]}
    assert [*stack][:3] == ["pixels", "scaling", "conv1"]
    assert stack["scaling"]["config"]["scale"] == pytest.approx(1 / 255)
    assert stack["conv1"]["config"]["padding"] == "same"
    assert stack["conv2"]["config"]["trainable"] is False
    assert stack["dense1"]["config"]["kernel_regularizer"]["config"] == {"l2": 0.01}
    kept = {"conv1": "conv2d", "conv2": "conv2d_1", "dense2": "dense_1"}
    for name, place in (kept | {"depthwise_conv1": "depthwise_conv2d"}).items():
        arrays = file[f"layers/{place}/vars"]
        assert arrays.attrs["name"] == name
        assert np.array_equal(arrays["0"], weights(one, name)["kernel"])
        assert np.array_equal(arrays["1"], weights(one, name)["bias"])
    averages = file["layers/batch_normalization/vars"]
    for place, name in enumerate(("beta", "moving_mean", "moving_variance")):
        assert np.array_equal(averages[str(place)], weights(one, "batch_normalization1")[name])


def test_an_onnx_file_has_kernels_with_channels_first_and_the_rim_that_keras_has(
    one: Sample,
) -> None:
    model = written(one, "onnx")
    graph = only(model, 7)
    arrays = tensors(graph)
    kernel = weights(one, "conv1")["kernel"]
    assert np.array_equal(arrays["conv1.weight"], kernel.transpose(3, 2, 0, 1))
    nodes = {only(node, 2).decode(): node for node in every(graph, 1)}
    rims = {}
    for name, node in nodes.items():
        for setting in every(node, 5):
            if only(setting, 1) == b"pads":
                rims[name] = every(setting, 8)
    assert rims["conv1"] == [1, 1, 1, 1]
    assert rims["max_pool1"] == [0, 0, 0, 0]
    assert rims["average_pool1"] == [1, 1, 1, 1]
    assert [only(node, 4).decode() for node in nodes.values()][:4] == [
        *("Sub", "Mul", "Transpose", "Conv"),
    ]
    made = {name.decode() for node in nodes.values() for name in every(node, 2)} | set(arrays)
    for node in nodes.values():
        assert {name.decode() for name in every(node, 1)} <= made | {"pixels"}


@pytest.mark.parametrize("kind", ["keras", "onnx", "torch", "safetensors"])
def test_the_same_network_makes_the_same_file(one: Sample, kind: NetworkFormat) -> None:
    assert written(one, kind) == written(one, kind)
    if kind == "keras":
        with zipfile.ZipFile(io.BytesIO(written(one, kind))) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            file = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
        assert h5py.h5g.get_objinfo(file["layers/conv2d/vars/0"].id).mtime == 0


def test_pixels_come_in_the_order_and_scaling_that_the_network_was_trained_on(
    tmp_path: Path,
) -> None:
    shuffled = sample(tmp_path, pixels="shuffled", scaling="standard")
    prepared = shuffled.network.preparation
    assert prepared is not None
    assert prepared.order is not None
    assert isinstance(prepared.scaling, Shifted)
    flat = shuffled.pixels.reshape(len(shuffled.pixels), -1, 1)[:, prepared.order]
    with zipfile.ZipFile(io.BytesIO(written(shuffled, "keras"))) as archive:
        file = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
        moves = file["layers/dense/vars/0"][()]
    assert np.array_equal(shuffled.pixels.reshape(len(flat), -1) @ moves, flat[..., 0])
    state = torch_state(shuffled.network)
    assert np.array_equal(state["pixel_order.order"], prepared.order)
    assert state["scaling.mean"].tolist() == pytest.approx([33.3184], abs=1e-4)


def test_what_keras_has_no_layer_for_is_refused_with_the_way_out(tmp_path: Path) -> None:
    contrasted = sample(tmp_path, scaling="local-contrast")
    with pytest.raises(Refused, match="format=onnx"):
        written(contrasted, "keras")
    assert "LocalContrast(28, 28, 0.1)" in contrasted.code
    assert {"scaling.rows", "scaling.columns"} <= set(torch_state(contrasted.network))


def test_a_snapshot_without_all_weights_is_no_network(tmp_path: Path) -> None:
    from app.inspection.snapshot import KeptSnapshot
    from tests.store.samples import RECIPE, kernel

    kept = KeptSnapshot(RECIPE.model_dump_json(), (kernel(1),), tmp_path)
    with pytest.raises(Missing, match="step 1 isn't on record whole: it lacks the bias of conv1"):
        whole_of(kept, 1)


def test_what_is_done_to_pixels_is_not_known_once_ones_own_pictures_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> Any:
        raise PicturesGone("the pictures flowers aren't here any more: add the same ones again")

    monkeypatch.setattr("app.inspection.snapshot.load_dataset", gone)
    with pytest.raises(Missing, match="trained on: the pictures flowers aren't here"):
        sample(tmp_path)


def test_the_numbers_of_the_wire_format_are_those_of_its_guide() -> None:
    assert doctest.testmod(wire).failed == 0
    assert wire.whole(1, 150).hex() == "089601"
    assert wire.block(2, "testing").hex() == "120774657374696e67"
