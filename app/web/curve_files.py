"""A run's curves as the content of an answer, read from the log piece by piece."""

import io
from pathlib import Path
from typing import BinaryIO, Literal

from ..store import Reading, reading_beside
from .curves import Curves

Shape = Literal["json", "thinned", "csv"]


def curves_of(reading: Reading, run_id: str, shape: Shape, after_step: int = -1) -> bytes:
    """Returns what `write_curves` writes; for so few steps that nobody has to wait for it."""
    file = io.BytesIO()
    _write(file, reading, run_id, shape, after_step)
    return file.getvalue()


def write_curves(
    file: BinaryIO, database: Path, run_id: str, shape: Shape, after_step: int = -1
) -> None:
    """Writes a run's curves after a step: as a table, or as JSON with all steps or few."""
    _write(file, reading_beside(database), run_id, shape, after_step)


def _write(file: BinaryIO, reading: Reading, run_id: str, shape: Shape, after_step: int) -> None:
    told, evaluated = (
        reading.each_body(run_id, kind, after_step) for kind in ("steps", "evaluated")
    )
    curves = Curves.of(told, evaluated, after_step)
    if shape == "csv":
        text = io.TextIOWrapper(file, "utf-8", newline="")
        curves.write_csv(text)
        text.detach()
    elif shape == "json":
        curves.write_json(file)
    else:
        curves.write_thinned(file)
