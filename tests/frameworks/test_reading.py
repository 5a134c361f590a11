"""What PyTorch, safetensors, Flax and Lightning save is read as `watch` would have told it."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from app.analysis import judge_filters
from app.client.torch_layers import layers_of, unwrapped
from app.reading.contents import Contents
from app.reading.files import read_weights
from tests.frameworks.reading_cases import (
    NETWORKS,
    NORMED,
    Every,
    Save,
    scripted,
    state,
    state_legacy,
    traced,
    used,
    whole,
    whole_legacy,
)

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, not ours
TOLD = ("kind", "shape", "groups", "strides", "padding", "dilation", "activation", "bias")
Layers = dict[str, dict[str, Any]]


def _watched(model: nn.Module) -> tuple[Layers, dict[str, NDArray[np.float32]]]:
    """Gives what `watch` tells of a model's layers, by title, and their kernels."""
    told, kernels = {}, {}
    for layer in layers_of(unwrapped(model)):
        told[layer.told["title"]] = {key: _plain(layer.told[key]) for key in TOLD}
        copies = layer.copies()
        kernel = copies["kernel"]
        shape = layer.shapes["kernel"]
        kernels[layer.told["title"]] = np.asarray(kernel, np.float32).reshape(shape)
    return told, kernels


def _read(contents: Contents) -> tuple[Layers, dict[str, NDArray[np.float32]]]:
    told = {
        layer.described.title: {key: _plain(getattr(layer.described, key)) for key in TOLD}
        for layer in contents.layers
    }
    return told, {layer.described.title: layer.kernel() for layer in contents.layers}


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("save", [whole, whole_legacy, scripted, traced])
@pytest.mark.parametrize("name", NETWORKS)
def test_a_whole_module_is_told_as_watch_tells_it(tmp_path: Path, name: str, save: Save) -> None:
    model = NETWORKS[name]()
    if save in (scripted, traced):
        model = unwrapped(model)
    save(model, tmp_path / "x")
    told, kernels = _watched(model)
    found, read = _read(read_weights(tmp_path / "x"))
    assert found == told
    _assert_same(read, kernels)


@pytest.mark.parametrize("save", [state, state_legacy])
@pytest.mark.parametrize("name", ["bfloat16", "half", "double", "volumes"])
def test_weights_by_name_are_read_bit_for_bit(tmp_path: Path, name: str, save: Save) -> None:
    model = NETWORKS[name]()
    save(model, tmp_path / "x")
    _, kernels = _watched(model)
    _, read = _read(read_weights(tmp_path / "x"))
    assert read.keys() == kernels.keys()
    for title, kernel in kernels.items():
        assert sorted(read[title].ravel()) == sorted(kernel.ravel())
        if "2" not in title:  # a grouped layer's grouping isn't in these files
            np.testing.assert_array_equal(read[title], kernel, err_msg=title)


@pytest.mark.parametrize("save", [state, whole])
@pytest.mark.parametrize("name", NORMED)
def test_weights_kept_in_parts_are_those_of_the_next_pass(
    tmp_path: Path, name: str, save: Save
) -> None:
    model = used(NORMED[name]())
    if save is whole and "parametrised" in name:
        pytest.skip("PyTorch itself won't save such a module")
    save(model, tmp_path / "x")
    _, kernels = _watched(model)
    _, read = _read(read_weights(tmp_path / "x"))
    np.testing.assert_allclose(read["stem"], kernels["stem"], rtol=2e-6, atol=1e-7)


def test_safetensors_own_writer_is_read(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    model = Every().bfloat16()
    save_file(model.state_dict(), tmp_path / "x", {"format": "pt", "step": "70"})
    contents = read_weights(tmp_path / "x")
    assert (contents.step, contents.framework) == (70, "PyTorch")
    _, kernels = _watched(model)
    _, read = _read(contents)
    for title in ("stem", "head", "line.0", "body.4"):
        np.testing.assert_array_equal(read[title], kernels[title], err_msg=title)


def test_flaxs_trees_are_read(tmp_path: Path) -> None:
    pytest.importorskip("flax")
    import jax
    from flax import linen
    from flax.traverse_util import flatten_dict
    from safetensors.flax import save_file

    class Network(linen.Module):
        @linen.compact
        def __call__(self, x: Any) -> Any:
            x = linen.Conv(8, (5, 5), name="conv1")(x)
            x = linen.Conv(16, (3, 3), feature_group_count=8, name="dw")(x)
            return linen.Dense(4, name="head")(x.mean((1, 2)))

    tree = Network().init(jax.random.key(0), np.zeros((1, 12, 12, 3), np.float32))
    flat = flatten_dict(tree, sep="/")
    save_file(flat, tmp_path / "x", {"format": "flax"})
    with (tmp_path / "y").open("wb") as file:
        np.savez(file, **{name: np.asarray(value) for name, value in flat.items()})
    for path in (tmp_path / "x", tmp_path / "y"):
        told, read = _read(read_weights(path))
        assert {title: layer["kind"] for title, layer in told.items()} == {
            "conv1": "conv2d",
            "dw": "depthwise_conv2d",
            "head": "dense",
        }
        np.testing.assert_array_equal(read["conv1"], flat["params/conv1/kernel"])
        # Which of its sixteen filters share a channel isn't in the file.
        same = np.reshape(flat["params/dw/kernel"], read["dw"].shape)
        np.testing.assert_array_equal(read["dw"], same)


def test_a_checkpoint_of_lightning_is_read(tmp_path: Path) -> None:
    lightning = pytest.importorskip("lightning")

    class Module(lightning.LightningModule):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.LazyLinear(2))

        def training_step(self, batch: Any) -> Any:
            return self.model(batch[0]).square().mean()

        def configure_optimizers(self) -> Any:
            return torch.optim.Adam(self.parameters())

    module = Module()
    module.model(torch.zeros(1, 3, 6, 6))
    data = torch.utils.data.TensorDataset(torch.randn(8, 3, 6, 6))
    trainer = lightning.Trainer(
        max_epochs=2, logger=False, enable_checkpointing=False, enable_progress_bar=False,
        default_root_dir=tmp_path, accelerator="cpu",
    )  # fmt: skip
    trainer.fit(module, torch.utils.data.DataLoader(data, 4))
    trainer.save_checkpoint(tmp_path / "x")
    contents = read_weights(tmp_path / "x")
    assert (contents.step, contents.step_unit) == (4, "update")
    assert contents.framework is not None
    assert contents.framework.startswith("Lightning 2")
    _, read = _read(contents)
    assert list(read) == ["model.0", "model.2"]
    wanted = module.model[0].weight.detach().numpy().transpose(2, 3, 1, 0)
    np.testing.assert_array_equal(read["model.0"], wanted)


def test_many_changes_of_a_file_never_give_other_numbers_than_pytorch_reads(
    tmp_path: Path,
) -> None:
    """Where PyTorch's own restricted loader and ours both read a file, they read the same."""
    import random

    from app.reading.contents import WeightsUnreadable

    path = tmp_path / "x"
    state_legacy(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 2, 3)), path)
    whole_file, both = path.read_bytes(), 0
    for seed in range(400):
        chance = random.Random(seed)
        changed = bytearray(whole_file)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            theirs = torch.load(path, weights_only=True)
            ours = read_weights(path)
            kernels = {layer.described.title: layer.kernel() for layer in ours.layers}
        except WeightsUnreadable:
            continue
        except Exception:  # whatever theirs makes of damage
            continue
        for title, kernel in kernels.items():
            tensor = theirs.get(f"{title}.weight")
            if tensor is None or tensor.ndim != 4 or any(title in note for note in ours.notes):
                continue
            both += 1
            wanted = tensor.float().numpy().transpose(2, 3, 1, 0)
            np.testing.assert_array_equal(kernel, wanted, err_msg=str(seed))
    assert both > 300


def _assert_same(
    read: dict[str, NDArray[np.float32]], kernels: dict[str, NDArray[np.float32]]
) -> None:
    assert read.keys() == kernels.keys()
    for title, kernel in kernels.items():
        np.testing.assert_array_equal(read[title], kernel, err_msg=title)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that others have published inside of packages, fetched now and thrown away."""
    folder = tmp_path_factory.mktemp("wheels")
    names = ["facenet-pytorch==2.6.0", "silero-vad==6.2.3"]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "-d", str(folder)]
    ran = subprocess.run([*command, *names], capture_output=True, text=True, timeout=240)
    if ran.returncode:
        pytest.skip(f"the packages can't be had here: {ran.stderr.strip()[-200:]}")
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as file:
            file.extractall(folder)
    return folder


def test_a_face_detectors_first_layer_has_13_edges_and_6_lines(wheels: Path) -> None:
    path = wheels / "facenet_pytorch/data/rnet.pt"
    contents = read_weights(path)
    assert contents.format == "torch_legacy"
    state = torch.load(path, weights_only=True)
    for layer in contents.layers:
        weight = state[f"{layer.described.title}.weight"].numpy()
        wanted = weight.T if weight.ndim == 2 else weight.transpose(2, 3, 1, 0)
        np.testing.assert_array_equal(layer.kernel(), wanted)
    first = contents.layers[0]
    assert first.shape == (3, 3, 3, 28)
    counts = judge_filters(first.kernel()).counts
    assert (counts["edge"], counts["line"]) == (13, 6)


def test_a_published_script_is_read_with_its_strides(wheels: Path) -> None:
    path = wheels / "silero_vad/data/silero_vad.jit"
    contents = read_weights(path)
    assert contents.format == "torchscript"
    state = torch.jit.load(str(path)).state_dict()
    layers = {layer.described.title: layer for layer in contents.layers}
    second = layers["_model.encoder.1.reparam_conv"]
    assert (second.described.kind, second.described.strides) == ("conv1d", (2,))
    for title, layer in layers.items():
        weight = state[f"{title}.weight"].numpy()
        np.testing.assert_array_equal(layer.kernel(), weight.transpose(2, 1, 0))


def test_published_safetensors_are_read(wheels: Path) -> None:
    from safetensors.numpy import load_file

    path = wheels / "silero_vad/data/silero_vad_16k.safetensors"
    arrays = load_file(path)
    for layer in read_weights(path).layers:
        weight = arrays[f"{layer.described.title}.weight"]
        np.testing.assert_array_equal(layer.kernel(), weight.transpose(2, 1, 0))


@pytest.mark.parametrize(
    "name", ["resnet18", "resnext50_32x4d", "densenet121", "shufflenet_v2_x0_5", "convnext_tiny"]
)
def test_kinds_and_shapes_are_guessed_right_in_known_networks(tmp_path: Path, name: str) -> None:
    torchvision = pytest.importorskip("torchvision")
    from safetensors.torch import save_file

    model = getattr(torchvision.models, name)(weights=None)
    torch.save(model.state_dict(), tmp_path / "x")
    save_file(model.state_dict(), tmp_path / "y", {"format": "pt"})
    told = {
        layer.told["title"]: (layer.told["kind"], tuple(layer.told["shape"]), layer.told["groups"])
        for layer in layers_of(model)
    }
    for path in (tmp_path / "x", tmp_path / "y"):  # in the network's order, and in the alphabet's
        contents = read_weights(path)
        found = {
            layer.described.title: (layer.described.kind, layer.shape, layer.described.groups)
            for layer in contents.layers
        }
        assert found == told
    convs = [layer for layer in contents.layers if layer.described.kind != "dense"]
    assert convs[0].described.title == next(iter(told))
