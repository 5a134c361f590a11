"""Lightning, the Trainer of Hugging Face and fastai need nothing but `watch(model)`."""

import os
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook

from app import watch
from tests.frameworks.film import Film
from tests.frameworks.small_networks import (
    Classifier,
    for_lightning,
    lightning_trainer,
    network,
    trainer_arguments,
)

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, not ours
UPDATES = 12
PICTURES = torch.randn(UPDATES * 8, 3, 10, 10, generator=torch.Generator().manual_seed(1))
LABELS = torch.arange(UPDATES * 8) % 4


class Copies:
    """The first layer's kernel before the first update and after each, axes turned by NumPy."""

    def __init__(self, conv: Any) -> None:
        self._conv = conv
        self.kept = [self._now()]
        self._handle = register_optimizer_step_post_hook(lambda *_: self.kept.append(self._now()))

    def _now(self) -> Any:
        return self._conv.weight.detach().numpy().transpose(2, 3, 1, 0).copy()

    def __enter__(self) -> list[Any]:
        return self.kept

    def __exit__(self, *_: object) -> None:
        self._handle.remove()


def check(film: Film, kept: list[Any], title: str, updates: int = UPDATES) -> None:
    assert len(kept) == updates + 1
    assert {0, 1, 2, 3, 4, updates} <= set(film.snapshots)
    for step, snapshot in film.snapshots.items():
        assert np.array_equal(snapshot[f"{title}/kernel"], kept[step]), step


def test_lightning(tmp_path: Path) -> None:
    lightning = pytest.importorskip("lightning")

    module = for_lightning(lightning)
    data = torch.utils.data.TensorDataset(PICTURES, LABELS)
    trainer = lightning_trainer(lightning, tmp_path / "lightning")
    run = watch(module, to=tmp_path / "film.fscope")
    with Copies(module.net[0]) as kept:
        trainer.fit(module, torch.utils.data.DataLoader(data, batch_size=8))
    run.close()
    check(Film(tmp_path / "film.fscope"), kept, "net.0")


def test_the_trainer_of_hugging_face_with_accumulation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("accelerate")

    model = Classifier()
    pairs = [{"pixel_values": x, "labels": y} for x, y in zip(PICTURES, LABELS, strict=True)]
    batches = {"per_device_train_batch_size": 4, "gradient_accumulation_steps": 2}
    said = trainer_arguments(transformers, tmp_path, **batches)
    run = watch(model, to=tmp_path / "film.fscope")
    with Copies(model.net[0]) as kept:
        transformers.Trainer(model=model, args=said, train_dataset=pairs).train()
    run.close()
    check(Film(tmp_path / "film.fscope"), kept, "net.0")


def test_fastai_with_an_optimiser_of_pytorch(tmp_path: Path) -> None:
    learner = pytest.importorskip("fastai.learner")
    optimizer = pytest.importorskip("fastai.optimizer")
    loading = pytest.importorskip("fastai.data.core")
    pytest.importorskip("fastai.callback.progress")  # gives the learner `no_bar`
    data = torch.utils.data.TensorDataset(PICTURES, LABELS)
    batches = torch.utils.data.DataLoader(data, batch_size=8)
    model = network()
    run = watch(model, to=tmp_path / "film.fscope")
    teacher = learner.Learner(
        loading.DataLoaders(batches, batches),
        model,
        loss_func=nn.CrossEntropyLoss(),
        opt_func=partial(optimizer.OptimWrapper, opt=torch.optim.Adam),
        lr=1e-2,
    )
    with teacher.no_logging(), teacher.no_bar(), Copies(model[0]) as kept:
        teacher.fit(1)
    run.close()
    check(Film(tmp_path / "film.fscope"), kept, "0")
