"""The code that docs/watching.md shows runs as it stands, in the real libraries."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import torch
from torch import nn

from app.client import forking
from tests.docs_code import run_code
from tests.frameworks.film import Film
from tests.frameworks.small_networks import (
    Classifier,
    for_lightning,
    lightning_trainer,
    network,
    trainer_arguments,
)

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, not ours
NOBODY = "http://127.0.0.1:9"
BATCHES = 6
PICTURES = torch.randn(BATCHES * 8, 3, 10, 10, generator=torch.Generator().manual_seed(1))
LABELS = torch.arange(BATCHES * 8) % 4
DATA = torch.utils.data.TensorDataset(PICTURES, LABELS)
Told = Callable[..., tuple[dict[str, Any], Film]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Runs the code below a heading, and reads what it told: it found no server, so in a file."""
    monkeypatch.setenv("FILTERSCOPE_URL", NOBODY)
    monkeypatch.chdir(tmp_path)

    def ran(heading: str, **names: Any) -> tuple[dict[str, Any], Film]:
        after = run_code(monkeypatch, heading, **names)
        for run in list(forking._runs):  # as at the end of a program
            run.close()  # type: ignore[attr-defined]
        (file,) = tmp_path.glob("*.fscope")
        return after, Film(file)

    return ran


def turned(conv: nn.Module) -> Any:
    return conv.weight.detach().numpy().transpose(2, 3, 1, 0).copy()  # type: ignore[operator, union-attr]


def check(film: Film, kernel: str, first: Any, last: Any, updates: int) -> None:
    assert min(film.snapshots) == 0
    assert max(film.snapshots) == updates
    assert np.array_equal(film.snapshots[0][kernel], first)
    assert np.array_equal(film.snapshots[updates][kernel], last)
    assert not np.array_equal(first, last)


def losses_in(film: Film) -> int:
    return sum(len(item["values"]["loss"]) for item in film.of_kind("steps"))


def test_pytorch(told: Told) -> None:
    model = network()
    first = turned(model[0])
    _, film = told(
        "PyTorch",
        model=model,
        loader=torch.utils.data.DataLoader(DATA, batch_size=8),
        loss_function=nn.CrossEntropyLoss(),
        optimizer=torch.optim.SGD(model.parameters(), 0.1),
    )
    check(film, "0/kernel", first, turned(model[0]), BATCHES)
    assert losses_in(film) == BATCHES


def test_a_job_that_goes_on(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILTERSCOPE_RUN", "0123456789abcdef0123456789abcdef")
    model = network()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)

    def train() -> None:
        nn.CrossEntropyLoss()(model(PICTURES), LABELS).backward()
        optimizer.step()

    names = run_code(monkeypatch, "Clusters", model=model, updates_made=300)
    train()
    assert names["run"].count == 301
    assert names["run"].key == os.environ["FILTERSCOPE_RUN"]
    names["run"].close()


def test_lightning(told: Told, tmp_path: Path) -> None:
    lightning = pytest.importorskip("lightning")

    module = for_lightning(lightning)
    first = turned(module.net[0])
    trainer = lightning_trainer(lightning, tmp_path / "lightning")
    loader = torch.utils.data.DataLoader(DATA, batch_size=8)
    _, film = told("Lightning", module=module, trainer=trainer, loader=loader)
    check(film, "net.0/kernel", first, turned(module.net[0]), BATCHES)


def test_the_trainer_of_hugging_face(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    transformers = pytest.importorskip("transformers")

    model = Classifier()
    first = turned(model.net[0])
    folder = Path("trainer")
    arguments = trainer_arguments(transformers, folder, per_device_train_batch_size=8)
    _, film = told(
        "Trainer of Hugging Face",
        Trainer=transformers.Trainer,
        model=model,
        arguments=arguments,
        pictures=[{"pixel_values": x, "labels": y} for x, y in DATA],
    )
    check(film, "net.0/kernel", first, turned(model.net[0]), BATCHES)


def test_fastai(told: Told) -> None:
    loading = pytest.importorskip("fastai.data.core")
    batches = torch.utils.data.DataLoader(DATA, batch_size=8)
    model = network()
    first = turned(model[0])
    data = loading.DataLoaders(batches, batches)
    _, film = told("fastai", data=data, model=model, loss_function=nn.CrossEntropyLoss())
    check(film, "0/kernel", first, turned(model[0]), BATCHES)


def test_keras(told: Told) -> None:
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.layers.Input((10, 10, 3)),
            keras.layers.Conv2D(8, 3, activation="relu", name="stem"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(4),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("sgd", loss, metrics=["accuracy"])
    first = keras.ops.convert_to_numpy(model.layers[0].kernel)
    pictures = PICTURES.numpy().transpose(0, 2, 3, 1)
    _, film = told("Keras 3", model=model, x=pictures, y=LABELS.numpy())
    updates = 2 * -(-len(pictures) // 32)
    last = keras.ops.convert_to_numpy(model.layers[0].kernel)
    check(film, "stem/kernel", first, last, updates)


def test_jax(told: Told) -> None:
    jax = pytest.importorskip("jax")
    wanted, first = np.random.default_rng(0).normal(size=(2, 3, 3, 1, 4)).astype("f4")

    @jax.jit
    def update(params: Any) -> Any:
        error = params["stem"]["kernel"] - wanted
        return {"stem": {"kernel": params["stem"]["kernel"] - 0.1 * error}}, (error**2).mean()

    after, film = told("JAX", params={"stem": {"kernel": jax.numpy.asarray(first)}}, update=update)
    last = np.asarray(after["params"]["stem"]["kernel"])
    check(film, "stem/kernel", first, last, 60)
    assert losses_in(film) == 60
