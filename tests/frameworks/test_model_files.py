"""Networks taken home answer in the real Keras, ONNX Runtime and PyTorch as they do here."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx
import onnxruntime
import pytest
import safetensors
import safetensors.torch
import torch
from hypothesis import given, settings

from app.export.material import NetworkFormat
from app.export.models.written import write_network
from app.inspection.refused import Refused
from app.recipe import PRESETS, Recipe
from app.recipe.resolution import resolve
from tests.export.networks import ORIGIN, Sample, sample_of, trained
from tests.recipe.strategies import classifiers

_UPDATES = 30
CLASSIFIERS = [name for name in PRESETS if "objective" not in PRESETS[name].recipe]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def written(sample: Sample, kind: NetworkFormat) -> bytes:
    file = io.BytesIO()
    write_network(file, sample.network, ORIGIN, sample.code, kind)
    return file.getvalue()


def in_keras(sample: Sample, folder: Path) -> Any:
    path = folder / "network.keras"
    path.write_bytes(written(sample, "keras"))
    model = keras.models.load_model(path)
    return keras.ops.convert_to_numpy(model(sample.pixels, training=False))


def in_onnx_runtime(sample: Sample, folder: Path) -> Any:
    content = written(sample, "onnx")
    onnx.checker.check_model(onnx.load_model_from_string(content), full_check=True)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return session.run(["logits"], {"pixels": sample.pixels})[0]


def model_of(code: str) -> Any:
    names: dict[str, Any] = {}
    exec(compile(code, "network.py", "exec"), names)
    return names["model"]


def answers(model: Any, sample: Sample) -> Any:
    model.eval()
    with torch.no_grad():
        return model(torch.from_numpy(sample.pixels).permute(0, 3, 1, 2)).numpy()


def in_torch(sample: Sample, folder: Path) -> Any:
    path = folder / "network.pt"
    path.write_bytes(written(sample, "torch"))
    with zipfile.ZipFile(path) as archive:
        model = model_of(archive.read("network/network.py").decode())
        assert json.loads(archive.read("network/filterscope.json")) == ORIGIN
    for mapped in (True, False):
        model.load_state_dict(torch.load(path, weights_only=True, mmap=mapped))
    return answers(model, sample)


def in_safetensors(sample: Sample, folder: Path) -> Any:
    path = folder / "network.safetensors"
    path.write_bytes(written(sample, "safetensors"))
    with safetensors.safe_open(path, "pt") as file:
        told = file.metadata()
    assert {name: told[name] for name in ORIGIN} == ORIGIN
    model = model_of(told["network.py"])
    model.load_state_dict(safetensors.torch.load_file(path))
    return answers(model, sample)


LIBRARIES = {
    "keras": in_keras,
    "onnx": in_onnx_runtime,
    "torch": in_torch,
    "safetensors": in_safetensors,
}


def check(sample: Sample, folder: Path) -> float:
    allowed = 1e-5 * max(1.0, float(np.abs(sample.logits).max()))
    furthest = 0.0
    for kind, opened in LIBRARIES.items():
        prepared = sample.network.preparation
        if kind == "keras" and prepared is not None and hasattr(prepared.scaling, "rows"):
            with pytest.raises(Refused, match="Keras has no layer for the scaling"):
                opened(sample, folder)
            continue
        away = float(np.abs(opened(sample, folder) - sample.logits).max())
        assert away <= allowed, f"{kind}: {away}"
        furthest = max(furthest, away / allowed * 1e-5)
    return furthest


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_a_preset_answers_there_as_here_once_it_has_learned(name: str, folder: Path) -> None:
    recipe = resolve({"preset": name})
    check(sample_of(recipe, folder, trained(recipe, folder, _UPDATES)), folder)


def test_any_recipe_answers_there_as_here(folder: Path) -> None:
    @given(recipe=classifiers())
    @settings(max_examples=30, deadline=None)
    def each(recipe: dict[str, Any]) -> None:
        check(sample_of(Recipe.model_validate(recipe), folder), folder)

    each()
