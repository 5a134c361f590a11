"""A run that nobody trained here: no recipe, no data set, no worker; told of as its owner would."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app import events
from app.events import EncodedEvent, StoredArray, encode, encode_fields
from app.external.described import Described, DescribedLayer
from app.store import NewRun
from app.telling.filter_history import FilterHistory

STEPS = (0, 1, 2, 5, 10, 20, 50, 100)
FIRST_SHAPE = (7, 7, 3, 64)
_SECOND_SHAPE = (3, 3, 64, 16)
_LAYERS = (
    ("conv1", "backbone.stem.conv", "conv2d", FIRST_SHAPE),
    ("max_pool1", "backbone.stem.pool", "max_pool2d", None),
    ("conv2", "backbone.layer1.0.conv1", "conv2d", _SECOND_SHAPE),
    ("global_average_pool1", "pool", "global_average_pool2d", None),
    ("dense1", "head", "dense", (16, 5)),
)


def described(**changes: object) -> Described:
    """What the guest is known by."""
    guest = Described(
        name="My ResNet",
        source="watched",
        framework="PyTorch 2.9",
        layers=tuple(
            DescribedLayer(name=name, title=title, kind=kind, shape=shape)
            for name, title, kind, shape in _LAYERS
        ),
    )
    return guest.model_copy(update=changes)


def new_guest(run_id: str = "guest", **changes: object) -> NewRun:
    """The guest as the store takes it, its end open."""
    return NewRun(run_id, described(**changes))


def told(run: NewRun, cache_folder: Path) -> Iterator[list[EncodedEvent]]:
    """All that happens to the guest, in the parts in which it arrives, up to its end."""
    layers = [
        events.LayerSummary(name=layer.name, type=layer.kind, output_shape=(), parameters=0)
        for layer in run.described.layers
    ]
    started = events.RunStarted(
        described=run.described, parameters=14_000, layers=layers, class_names=[]
    )
    yield [encode(started, 0)]
    history = FilterHistory(_kernels(0), cache_folder)
    for before, step in zip((0, *STEPS), STEPS, strict=False):
        if step:
            yield [_losses(range(before + 1, step + 1))]
        yield [_snapshot(step, history)]
    yield [encode(events.RunFinished(step=STEPS[-1]), STEPS[-1])]


def _losses(steps: range) -> EncodedEvent:
    losses = [round(1.6 * 0.99**step, 6) for step in steps]
    told = events.Steps(step=list(steps), loss=losses, learning_rate=[0.1] * len(steps))
    return encode(told, steps[-1])


def _snapshot(step: int, history: FilterHistory) -> EncodedEvent:
    kernels = _kernels(step)
    (verdicts,) = history.verdicts([step], [kernels])
    second = np.random.default_rng(1).normal(0, 0.1, _SECOND_SHAPE).astype("<f4")
    fields = {**verdicts, "kind": "snapshot", "step": step, "layer": "conv1"}
    arrays = (("conv1/kernel", kernels), ("conv2/kernel", second))
    stored = tuple(StoredArray(name, array.shape, array.tobytes()) for name, array in arrays)
    return encode_fields(fields, step, stored)


def _kernels(step: int) -> NDArray[np.float32]:
    """Random numbers that turn into edges of all directions, 64 of them in colour."""
    size, _, channels, filters = FIRST_SHAPE
    noise = np.random.default_rng(0).normal(0, 0.1, FIRST_SHAPE)
    across = np.linspace(-1, 1, size)
    angles = np.linspace(0, np.pi, filters, endpoint=False)
    along = across[:, None, None] * np.sin(angles) + across[None, :, None] * np.cos(angles)
    edges = np.repeat((along * np.exp(-2 * along**2))[:, :, None, :], channels, axis=2)
    share = step / STEPS[-1]
    return np.asarray((1 - share) * noise + share * edges, "<f4")
