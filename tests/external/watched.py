"""A run that somebody's program trains, with layers of all kinds, told of as the server tells."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.events import EncodedEvent
from app.external.described import Described, DescribedLayer
from app.store import NewRun
from app.telling.watched import State, tell

Kernels = NDArray[np.float32]

STEPS = (0, 1, 2, 5, 10, 20, 50, 100)
LAYERS: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    ("conv1", "backbone.stem.conv", "conv2d", (7, 7, 3, 64)),
    ("conv2", "backbone.stage1.0.conv1", "conv2d", (3, 3, 64, 64)),
    ("conv3", "backbone.stage1.0.conv2", "conv2d", (3, 3, 64, 64)),
    ("conv4", "backbone.stage2.0.skip", "conv2d", (1, 1, 64, 128)),
    ("depthwise_conv1", "head.depth", "depthwise_conv2d", (5, 5, 32, 1)),
    ("conv1d1", "head.audio", "conv1d", (9, 16, 32)),
    ("conv3d1", "head.video", "conv3d", (3, 3, 3, 4, 16)),
    ("conv5", "head.wide", "conv2d", (3, 3, 32, 1024)),
    ("conv6", "head.deep", "conv2d", (7, 7, 512, 32)),
    ("conv7", "head.<script>alert(1)</script>", "conv2d", (3, 3, 8, 16)),
)
_NOT_SENT = "conv7"
_DEAD = "conv3"
_GROWS = "conv4"


def watched(run_id: str = "watched", **changes: object) -> NewRun:
    """The run as the store takes it, its end open."""
    known = Described(
        name="My ResNet",
        source="watched",
        framework="PyTorch 2.9",
        layers=tuple(
            DescribedLayer(name=name, title=title, kind=kind, shape=shape)
            for name, title, kind, shape in LAYERS
        ),
    )
    return NewRun(run_id, known.model_copy(update=changes))


def told(
    run: NewRun, cache_folder: Path, outcome: str = "finished"
) -> Iterator[list[EncodedEvent]]:
    """All that happens to it, in the parts in which it arrives, up to its end."""
    first: dict[str, Kernels] = {}
    state: State | None = None
    for before, step in zip((-1, *STEPS), STEPS, strict=False):
        kernels = _sent(run.described.layers, step)
        for index, kernel in kernels.items():
            first.setdefault(f"{run.described.layers[index].name}/kernel", kernel)
        items = [*_losses(range(before + 1, step + 1)), _snapshot(step, kernels)]
        blob = b"".join(kernel.tobytes() for kernel in kernels.values())
        batch = tell(
            run.described,
            state,
            items,
            blob,
            first=first.get,
            cache_folder=cache_folder,
            left_out=2 if step == STEPS[-1] else 0,
        )
        state = batch.state
        yield batch.events
    message = "ValueError: shapes differ" if outcome == "failed" else None
    end = {"kind": "end", "step": STEPS[-1], "outcome": outcome, "message": message}
    yield tell(
        run.described, state, [end], b"", first=first.get, cache_folder=cache_folder, left_out=2
    ).events


def _sent(layers: tuple[DescribedLayer, ...], step: int) -> dict[int, Kernels]:
    """The kernels of a snapshot by their places: all at the ends, some while they are looked at."""
    return {
        place: _kernels(layer, step)
        for place, layer in enumerate(layers)
        if layer.name != _NOT_SENT
        and (place == 0 or layer.name in ("conv2", "conv3") or step in (0, STEPS[-1]))
    }


def _snapshot(step: int, kernels: dict[int, Kernels]) -> dict[str, Any]:
    arrays = [[place, "kernel", list(kernel.shape)] for place, kernel in kernels.items()]
    return {"kind": "snapshot", "step": step, "arrays": arrays}


def _losses(steps: range) -> list[dict[str, Any]]:
    told = [step for step in steps if step]
    losses = [round(1.6 * 0.99**step, 6) for step in told]
    return [{"kind": "steps", "step": told, "values": {"loss": losses}}] if told else []


def _kernels(layer: DescribedLayer, step: int) -> Kernels:
    """Random numbers; the first layer's turn into edges of all directions."""
    assert layer.shape is not None
    noise = np.random.default_rng(len(layer.name)).normal(0, 0.1, layer.shape)
    share = step / STEPS[-1]
    if layer.name == LAYERS[0][0]:
        noise = (1 - share) * noise + share * _edges(layer.shape)
    if layer.name == _DEAD and step:
        noise[..., :5] = 0
    grown = noise * (1 + (3 if layer.name == _GROWS else 0.2) * share)
    return np.asarray(grown, "<f4")


def _edges(shape: tuple[int, ...]) -> NDArray[np.float64]:
    size, _, channels, filters = shape
    across = np.linspace(-1, 1, size)
    angles = np.linspace(0, np.pi, filters, endpoint=False)
    along = across[:, None, None] * np.sin(angles) + across[None, :, None] * np.cos(angles)
    edges = along * np.exp(-2 * along**2)
    return np.repeat(edges[:, :, None, :], channels, axis=2)
