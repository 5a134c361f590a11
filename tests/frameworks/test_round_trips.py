"""A network that was trained here goes on elsewhere, and is watched from here while it does."""

import io
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from app import watch
from app.export.models.written import write_network
from tests.export.networks import ORIGIN, Sample
from tests.export.test_models import sample
from tests.frameworks.film import Film

# Keras's own, when it turns its variables into arrays of NumPy 2.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def opened(one: Sample, path: Path) -> Any:
    with path.open("wb") as file:
        write_network(file, one.network, ORIGIN, one.code, "keras")
    return keras.models.load_model(path)


def tree(path: Path) -> dict[str, Any]:
    """Every group and array of a .keras file, with attributes or shape and type."""
    found: dict[str, Any] = {}

    def visit(name: str, node: Any) -> None:
        is_array = isinstance(node, h5py.Dataset)
        found[name] = (node.shape, node.dtype) if is_array else dict(node.attrs)

    with zipfile.ZipFile(path) as archive:
        h5py.File(io.BytesIO(archive.read("model.weights.h5"))).visititems(visit)
    return found


def test_a_keras_file_holds_what_keras_itself_would_save(tmp_path: Path) -> None:
    model = opened(sample(tmp_path, pixels="shuffled"), tmp_path / "ours.keras")
    model.save(tmp_path / "theirs.keras")
    assert tree(tmp_path / "ours.keras") == tree(tmp_path / "theirs.keras")


def test_what_is_frozen_and_what_decays_is_so_there_too(tmp_path: Path) -> None:
    model = opened(sample(tmp_path), tmp_path / "ours.keras")
    assert not model.get_layer("conv2").trainable
    kernel = model.get_layer("dense1").kernel
    decay = float(model.losses[0])
    assert np.isclose(decay, 0.01 * float(keras.ops.sum(keras.ops.square(kernel))), rtol=1e-5)


def test_a_network_trained_here_goes_on_in_keras_where_it_was(tmp_path: Path) -> None:
    one = sample(tmp_path)
    model = opened(one, tmp_path / "ours.keras")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss=loss)
    run = watch(model, to=str(tmp_path / "on.fscope"))
    labels = np.arange(len(one.pixels))
    model.fit(one.pixels, labels, epochs=3, verbose=0, callbacks=[run])
    run.close()
    told = Film(tmp_path / "on.fscope")
    assert max(told.snapshots) == 3
    kernels = {told.name: told.weights.get("kernel") for told in one.network.layers}
    first, last = told.snapshots[0], told.snapshots[max(told.snapshots)]
    assert np.array_equal(first["conv1/kernel"], kernels["conv1"])
    assert not np.array_equal(last["conv1/kernel"], kernels["conv1"])
    assert np.array_equal(last["conv2/kernel"], kernels["conv2"]), "it is frozen"
