"""The curves of long runs, kept in a file each: to read a million steps anew takes half a second.

A file is worth no more than the log: it is made again where it is missing, and where the last event
it was made of isn't in the log as it was.
"""

import contextlib
import json
import zlib
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from ..private_files import make_private_folder
from ..store import Reading, reading_beside
from .columns import CurveColumns
from .kept_files import ENDING, FEWEST_STEPS, UNFINISHED, file_of
from .numbers import ROW

MOST_BYTES = 256 * 1024**2  # of all files together
_OLD_SHARE = 10  # a file is made anew where a tenth has come since
_VERSION = 1
_HEAD_BYTES = 256


def keep(database: Path, cache_folder: Path, run_id: str) -> None:
    """Makes the file of a long run, or brings it up to date, before anybody asks."""
    columns_of(reading_beside(database), cache_folder, run_id)


def columns_of(reading: Reading, cache_folder: Path, run_id: str) -> CurveColumns:
    """Returns the curves of a run, all of which the log has told so far."""
    path = file_of(cache_folder, run_id)
    kept = _read(path, reading, run_id)
    seq = int(kept.events[-1, 0]) if len(kept.events) else 0
    later = CurveColumns.of(reading.each_text(run_id, "steps", seq=seq))
    columns = kept.followed_by(later)
    if len(columns.steps) >= FEWEST_STEPS and len(later.steps) * _OLD_SHARE > len(kept.steps):
        with contextlib.suppress(OSError):  # without a file it only takes longer
            try:
                _write(path, columns, _mark(reading, run_id, int(columns.events[-1, 0])))
            finally:
                if reading.run(run_id) is None:  # deleted meanwhile, and its file goes with it
                    path.unlink(missing_ok=True)
    return columns


def _read(path: Path, reading: Reading, run_id: str) -> CurveColumns:
    try:
        with path.open("rb") as file:
            data = np.memmap(file, mode="r")  # of this file, though another takes its place
        head = json.loads(data[:_HEAD_BYTES].tobytes())
        known = (head["version"], head["mark"]) == (_VERSION, _mark(reading, run_id, head["seq"]))
    except (OSError, ValueError, KeyError, TypeError):
        return CurveColumns.of(())
    if not known or len(data) != _size(head["steps"], head["events"]):
        return CurveColumns.of(())
    return _laid_out(data, head["steps"], head["events"])


def _laid_out(data: Any, steps: int, events: int) -> CurveColumns:
    """Returns the arrays that lie in a file one after the other, read when they are looked at."""
    begin, lengths = _HEAD_BYTES, [steps] * (1 + len(ROW)) + [2 * events]
    parts = []
    for length in lengths:
        parts.append(data[begin : begin + 8 * length])
        begin += 8 * length
    numbers, *rows, told = parts
    columns = {name: row.view(np.float64) for name, row in zip(ROW, rows, strict=True)}
    return CurveColumns(numbers.view(np.int64), columns, told.view(np.int64).reshape(-1, 2))


def _write(path: Path, columns: CurveColumns, mark: int | None) -> None:
    """Puts a whole file in place of the one before, so that nobody reads half of one."""
    make_private_folder(path.parent)
    head = {"version": _VERSION, "steps": len(columns.steps), "events": len(columns.events)}
    text = json.dumps({**head, "seq": int(columns.events[-1, 0]), "mark": mark})
    with NamedTemporaryFile(dir=path.parent, suffix=UNFINISHED, delete=False) as file:
        try:
            file.write(text.encode().ljust(_HEAD_BYTES))
            for array in (columns.steps, *columns.rows.values(), columns.events):
                file.write(np.ascontiguousarray(array).data)
            file.close()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _make_room(path)


def _make_room(newest: Path) -> None:
    """Deletes the files that were made longest ago, beyond `MOST_BYTES`."""
    there = []
    for path in newest.parent.glob(f"*{ENDING}"):
        with contextlib.suppress(FileNotFoundError):  # it went with its run
            known = path.stat()
            there.append((path == newest, known.st_mtime, known.st_size, path))
    left = MOST_BYTES
    for is_newest, _, size, path in sorted(there, reverse=True):
        left -= size
        if left < 0 and not is_newest:
            path.unlink(missing_ok=True)


def _mark(reading: Reading, run_id: str, seq: int) -> int | None:
    """Returns by what an event is known to be the one that it was; None where there is none."""
    found = reading.events_after(run_id, seq - 1, 1)
    return zlib.crc32(found[0].body.encode()) if found and found[0].seq == seq else None


def _size(steps: int, events: int) -> int:
    return _HEAD_BYTES + 8 * ((1 + len(ROW)) * steps + 2 * events)
