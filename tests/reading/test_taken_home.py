"""What was taken home of a run is opened here again with the same weights."""

from pathlib import Path

import numpy as np
import pytest

from app.export.material import NetworkFormat
from app.export.models.written import write_network
from app.reading.files import read_weights
from tests.export.networks import ORIGIN, Sample
from tests.export.test_models import sample


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample(tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("kind", ["keras", "onnx", "torch", "safetensors"])
def test_every_kernel_and_bias_comes_back_as_it_was(
    one: Sample, kind: NetworkFormat, tmp_path: Path
) -> None:
    path = tmp_path / "network"
    with path.open("wb") as file:
        write_network(file, one.network, ORIGIN, one.code, kind)
    contents = read_weights(path)
    assert contents.step == int(ORIGIN["step"])
    told = {layer.described.title: layer for layer in contents.layers}
    for layer in one.network.layers:
        if "kernel" in layer.weights:
            found = told[layer.name]
            assert np.array_equal(found.kernel(), layer.weights["kernel"]), layer.name
            assert found.bias is not None
            assert np.array_equal(found.bias(), layer.weights["bias"])
