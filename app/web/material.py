"""What an export is made of, gathered from the store."""

from dataclasses import asdict
from typing import Any

from .. import __version__
from ..export.material import Film, FilmFrame, Material
from ..recipe import PRESETS
from ..store import RunRow, Store
from ..vocabulary.datasets import DATASETS
from .answers.runs import Run
from .curves import Curves
from .history import FILM_BYTES


def gathered(store: Store, run: RunRow, layers: list[str]) -> Material:
    """Gathers a run with the films of those layers. Blocks for as long as the store takes."""
    curves = Curves.of(store.bodies(run.id, "steps"), store.bodies(run.id, "evaluated"))
    dataset = DATASETS.get(run.described.dataset or "")
    return Material(
        run=Run.of(run).model_dump(mode="json"),
        described=run.described,
        preset=_preset(run.preset),
        dataset=None if dataset is None else asdict(dataset),
        films=tuple(_film(store, run.id, layer) for layer in layers),
        curves=curves.json(),
        curves_csv=curves.csv(),
        version=__version__,
    )


def _film(store: Store, run_id: str, layer: str) -> Film:
    frames = store.film(run_id, layer, FILM_BYTES)
    return Film(layer, tuple(FilmFrame(frame.step, frame.body, frame.kernel) for frame in frames))


def _preset(name: str | None) -> dict[str, Any] | None:
    preset = PRESETS.get(name) if name is not None else None
    if preset is None:
        return None
    return {key: preset._asdict()[key] for key in ("name", "title", "sentence", "doubt")}
