"""The numbers: a table that any spreadsheet reads, or every array for NumPy."""

import io
import json
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from ..inspection.refused import Refused
from ..verdicts import BY_FILTER, COLUMNS
from ..vocabulary.labels import FAMILIES
from .delimited import Delimited
from .laid_out import laid_out
from .material import Film, FilmFrame, Material

_COLUMNS = ("label", *(name for name in COLUMNS if name != "label"))


def filters_csv(film: Film, style: Delimited) -> str:
    """Gives what each filter was at each snapshot: a row a step and filter, filters counted from 1.

    Raises:
        Refused: the layer was not judged.
    """
    if not any(frame.verdicts for frame in film.frames):
        raise Refused(f"{film.layer} has no scores or labels; format=npz has its weights", "layer")
    text = io.StringIO()
    head = ("step", "filter", *_COLUMNS, *(f"{name}_r2" for name in FAMILIES))
    rows = (row for frame in film.frames for row in _rows(frame, film.kind))
    style.write(text, chain((head,), rows))
    return text.getvalue()


def _rows(frame: FilmFrame, kind: str) -> Iterator[tuple[Any, ...]]:
    """Yields a row a filter; what couldn't be said of it is left empty."""
    verdicts = frame.verdicts or {}
    count = laid_out(frame.kernel, kind).shape[3]
    columns = [verdicts.get(name, [""] * count) for name in _COLUMNS]
    explained = verdicts.get("template_r2", [[""] * len(FAMILIES)] * count)
    for number, (row, shares) in enumerate(zip(zip(*columns, strict=True), explained, strict=True)):
        yield (frame.step, number + 1, *row, *shares)


def write_arrays(file: BinaryIO, material: Material) -> None:
    """Writes all of a run's numbers in NumPy's format; the same bytes each time.

    No more than one array is there at a time.

    For each layer, say `conv1`: `conv1/steps` (frames,), `conv1/kernels` (frames, height, width,
    in, out) float32 and, where it was judged, `conv1/score`, `conv1/label` and the other verdicts
    (frames, out). `curves/…` by step and `evaluations/…`; `described` and, of a run of ours,
    `recipe`, JSON; `note`, where there is one.
    """
    # Numbers by step hardly get smaller by the slower levels, which take three times as long.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in _arrays(material):
            with archive.open(f"{name}.npy", "w") as content:
                np.lib.format.write_array(content, np.asanyarray(array), allow_pickle=False)


def _arrays(material: Material) -> Iterator[tuple[str, Any]]:
    for film in material.films:
        yield f"{film.layer}/steps", np.array([frame.step for frame in film.frames])
        yield f"{film.layer}/kernels", _kernels(film)
        judged = [frame.verdicts for frame in film.frames if frame.verdicts]
        for name in BY_FILTER:
            if judged and all(name in verdicts for verdicts in judged):
                yield f"{film.layer}/{name}", np.array([verdicts[name] for verdicts in judged])
    evaluations = material.curves["evaluations"]
    for part, curve in (("curves", material.curves), ("evaluations", evaluations)):
        for name, values in curve.items():
            if values is not None and name != "evaluations":
                yield f"{part}/{name}", np.array(values)
    yield "described", np.array(material.described.model_dump_json())
    if material.run.get("note"):
        yield "note", np.array(material.run["note"])
    if material.run["recipe"] is not None:
        yield "recipe", np.array(json.dumps(material.run["recipe"]))


def _kernels(film: Film) -> NDArray[np.float32]:
    """Gives the kernels of all frames, (frames, height, width, in, out)."""
    kernels = np.empty((len(film.frames), *film.frames[0].kernel.shape), "<f4")
    for place, frame in enumerate(film.frames):
        kernels[place] = np.frombuffer(frame.kernel.data, "<f4").reshape(kernels.shape[1:])
    return kernels
