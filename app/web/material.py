"""What an export is made of, read from the store by the process aside that makes it."""

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from .. import __version__
from ..curves.later import LaterCurves
from ..events import StoredArray
from ..export.material import ExportRequest, Film, Material
from ..inspection.refused import Missing
from ..recipe import PRESETS, Recipe
from ..store import Reading, RunRow, reading_beside
from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.layers.naming import kernel_name
from ..vocabulary.own_pictures import own_reference
from .answers.runs import Run


def write_export(
    file: BinaryIO,
    database: Path,
    run: RunRow,
    layers: list[str],
    film_bytes: int,
    cache_folder: Path,
    wanted: ExportRequest,
) -> None:
    """Writes the file that was asked for.

    Args:
        layers: whose films it is about, the first above all.
        film_bytes: of kernels; a longer film is thinned evenly.

    Raises:
        Missing: the run was deleted meanwhile.
        Refused: the picture would be too large, or the layer has nothing for such a table.
    """
    from ..export.render import render

    material = gathered(reading_beside(database), run, layers, film_bytes, cache_folder)
    render(file, material, wanted)


def write_published(
    file: BinaryIO,
    database: Path,
    runs: list[RunRow],
    film_bytes: int,
    cache_folder: Path,
    title: str,
) -> None:
    """Writes runs as a site of static files, in a zip.

    Args:
        film_bytes: of kernels; a longer film is thinned evenly.

    Raises:
        Missing: a run was deleted meanwhile.
    """
    from ..export.site import write_site

    store = reading_beside(database)
    materials = (gathered(store, run, list(run.layers), film_bytes, cache_folder) for run in runs)
    write_site(file, materials, title, __version__)


def gathered(
    store: Reading, run: RunRow, layers: list[str], film_bytes: int, cache_folder: Path
) -> Material:
    """Gathers a run with the films of those layers; kernels and curves are read when they are asked
    for.
    """
    curves = LaterCurves(store, cache_folder, run.id)
    dataset = _dataset(run)
    return Material(
        run=Run.of(run).model_dump(mode="json"),
        described=run.described,
        preset=_preset(run.preset),
        dataset=None if dataset is None else asdict(dataset),
        films=tuple(_film(store, run, layer, film_bytes) for layer in layers),
        curves=curves.all,
        few_curves=curves.few,
        write_curves=curves.write_csv,
        version=__version__,
    )


def _dataset(run: RunRow) -> DatasetInfo | None:
    if own_reference(run.described.dataset) and run.recipe is not None:
        return Recipe.model_validate_json(run.recipe).dataset_info
    return DATASETS.get(run.described.dataset or "")


class _RecordedFrame(NamedTuple):
    """A frame whose kernel lies in the store."""

    step: int
    verdicts: dict[str, Any] | None
    seq: int
    read: Callable[[int], StoredArray]

    @property
    def kernel(self) -> StoredArray:
        """The kernel, read now."""
        return self.read(self.seq)


def _film(store: Reading, run: RunRow, layer: str, film_bytes: int) -> Film:
    run_id, known = run.id, run.described.layer(layer)
    heads = store.film_heads(run_id, layer, film_bytes)
    if not heads:
        raise Missing("This run was deleted meanwhile", "run_unknown")

    @lru_cache(maxsize=1)
    def read(seq: int) -> StoredArray:
        array = store.array_at(run_id, seq, kernel_name(layer))
        if array is None:
            raise Missing("This run was deleted meanwhile", "run_unknown")
        return array

    frames = tuple(_RecordedFrame(h.step, h.body, h.seq, read) for h in heads)
    is_start = run.described.begins == "start"
    return Film(layer, frames, known.kind, known.title, from_start=is_start)


def _preset(name: str | None) -> dict[str, Any] | None:
    preset = PRESETS.get(name) if name is not None else None
    if preset is None:
        return None
    return {key: preset._asdict()[key] for key in ("name", "title", "sentence", "doubt")}
