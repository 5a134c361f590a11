"""A run's curves as the content of an answer, read from the log piece by piece."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from ..store import Reading, reading_beside
from .numbers import Curves, as_json, evaluations_by_step, evaluations_told
from .packed_file import PackedFile
from .texts import CurveTexts

Shape = Literal["json", "thinned", "csv"]


def curves_of(reading: Reading, run_id: str, shape: Shape, after_step: int = -1) -> bytes:
    """Returns what `write_curves` writes; for so few steps that nobody has to wait for it."""
    file = io.BytesIO()
    _write(file, reading, run_id, shape, after_step)
    return file.getvalue()


def write_curves(
    file: BinaryIO,
    database: Path,
    folder: Path,
    run_id: str,
    shape: Shape,
    after_step: int = -1,
    is_packed: bool = False,
) -> None:
    """Writes a run's curves after a step: as a table, or as JSON with all steps or few.

    Args:
        folder: of the spool.
        is_packed: in gzip.
    """
    reading = reading_beside(database)
    if not is_packed:
        _write(file, reading, run_id, shape, after_step, folder)
        return
    with PackedFile(file) as packed:
        _write(cast("BinaryIO", packed), reading, run_id, shape, after_step, folder)


def texts_of(reading: Reading, run_id: str, after_step: int = -1) -> CurveTexts:
    """Returns a run's curves after a step, to be written as text."""

    def bodies() -> Iterator[str]:
        return (text for _, text in reading.each_text(run_id, "steps", after_step))

    evaluated = evaluations_by_step(reading.bodies(run_id, "evaluated", after_step))
    return CurveTexts(bodies, evaluated, after_step)


def _write(
    file: BinaryIO,
    reading: Reading,
    run_id: str,
    shape: Shape,
    after_step: int,
    folder: Path | None = None,
) -> None:
    if shape == "thinned":
        told = reading.each_body(run_id, "steps", after_step)
        evaluated = reading.bodies(run_id, "evaluated", after_step)
        Curves.of(told, evaluated, after_step).write_thinned(file)
    elif shape == "csv":
        texts_of(reading, run_id, after_step).write_csv(file)
    else:
        texts_of(reading, run_id, after_step).write_json(file, folder)


def write_few(
    file: BinaryIO,
    database: Path,
    cache_folder: Path,
    run_id: str,
    after_step: int = -1,
    points: int | None = None,
) -> None:
    """Writes few steps of a long run in place of many, as JSON: thinned, or as so many points."""
    from .kept import columns_of
    from .points import in_points, thinned

    reading = reading_beside(database)
    columns = columns_of(reading, cache_folder, run_id).after(after_step).with_losses()
    told = thinned(columns) if points is None else in_points(columns, points)
    evaluated = evaluations_by_step(reading.bodies(run_id, "evaluated", after_step))
    file.write(as_json({**told, "evaluations": evaluations_told(evaluated)}).encode())
