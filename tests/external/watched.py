"""A run that somebody's program trains, with layers of all kinds, told of as the server tells it."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app import events
from app.events import EncodedEvent, LayerHealth, StoredArray, encode, encode_fields
from app.external.described import Described, DescribedLayer
from app.store import NewRun
from app.telling.filter_history import FilterHistory

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


def told(run: NewRun, cache_folder: Path, outcome: str = "finished") -> Iterator[list[EncodedEvent]]:
    """All that happens to it, in the parts in which it arrives, up to its end."""
    summaries = [
        events.LayerSummary(name=layer.name, type=layer.kind, output_shape=(), parameters=0)
        for layer in run.described.layers
    ]
    started = events.RunStarted(
        described=run.described, parameters=14_000, layers=summaries, class_names=[]
    )
    yield [encode(started, 0)]
    telling = _Telling(run.described.layers, cache_folder)
    for before, step in zip((0, *STEPS), STEPS, strict=False):
        yield [*([_losses(range(before + 1, step + 1))] if step else []), telling.snapshot(step)]
    yield [*_troubles(STEPS[-1])]
    if outcome == "failed":
        why = {"code": "script_failed", "message": "ValueError: shapes", "advice": "See its output."}
        yield [encode(events.RunFailed(step=STEPS[-1], **why), STEPS[-1])]
    else:
        yield [encode(events.RunFinished(step=STEPS[-1]), STEPS[-1])]


class _Telling:
    def __init__(self, layers: tuple[DescribedLayer, ...], cache_folder: Path) -> None:
        self._layers = [layer for layer in layers if layer.name != _NOT_SENT]
        self._first = {layer.name: _kernels(layer, 0) for layer in self._layers}
        self._history = FilterHistory(self._first[layers[0].name], cache_folder)

    def snapshot(self, step: int) -> EncodedEvent:
        kernels = {
            layer.name: _kernels(layer, step)
            for layer in self._layers
            if layer is self._layers[0] or layer.name in ("conv2", "conv3") or step in (0, 100)
        }
        streamed, *_ = kernels
        (verdicts,) = self._history.verdicts([step], [kernels[streamed]])
        fields = {**verdicts, "kind": "snapshot", "step": step, "layer": streamed}
        fields["health"] = [self._health(name, kernel) for name, kernel in kernels.items()]
        stored = tuple(
            StoredArray(f"{name}/kernel", kernel.shape, kernel.tobytes())
            for name, kernel in kernels.items()
        )
        return encode_fields(fields, step, stored)

    def _health(self, name: str, kernel: Kernels) -> dict[str, object]:
        norm = float(np.linalg.norm(kernel))
        moved = float(np.linalg.norm(kernel - self._first[name]) / np.linalg.norm(self._first[name]))
        dead = int(np.sum(np.abs(kernel).reshape(-1, kernel.shape[-1]).max(axis=0) < 1e-6))
        health = LayerHealth(
            layer=name,
            filters=kernel.shape[-1],
            is_finite=True,
            norm=norm,
            change=moved,
            dead=dead,
            duplicates=0,
        )
        return health.model_dump()


def _troubles(step: int) -> Iterator[EncodedEvent]:
    yield encode(events.LeftOut(step=step, snapshots=2), step)
    message = "backbone.stage2.0.skip grows too fast: its kernel is 4.0 times as long as at the start."
    yield encode(events.Alert(step=step, code="exploding", message=message, layer=_GROWS), step)


def _losses(steps: range) -> EncodedEvent:
    losses = [round(1.6 * 0.99**step, 6) for step in steps]
    return encode(events.Steps(step=list(steps), loss=losses), steps[-1])


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
