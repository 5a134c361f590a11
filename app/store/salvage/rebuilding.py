"""Writing what was found into a new folder, run by run, each up to its first gap."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import apsw

from ...events import LAST_KINDS, RunFailed, StatusChanged, encode
from ...external.described import Continues, Described
from ...recipe import Recipe, described
from .. import log, runs, sweeps
from ..check_values import LATER_OF_RUNS, check_value
from ..data_folder import open_data_folder
from ..database import open_writer, transaction
from ..errors import StoreError
from ..migrations import migrate
from ..projection import project
from .finding import Found, RunColumns, find
from .handed_over import copy_beginning
from .pages import Pages
from .report import RunReport
from .who_tells import copy_who_tells
from .whole_events import WholeEvent, WholeEvents

_NAME = "filterscope.sqlite3"
_SINCE_CREATION = (
    *("number", "id", "described", "preset", "recipe", "total_steps", "created_at"),
    "training_seconds",
    *LATER_OF_RUNS,
)
_LOST = "What came after this was damaged on the disk and is lost."
_ADVICE = "Everything up to this step is kept."


def salvage(folder: Path, new: Path) -> list[RunReport]:
    """Makes a data folder of what is whole in another, to which nothing is written.

    Args:
        folder: a data folder that no server has open.
        new: a folder that isn't there yet, or is empty.

    Returns:
        What became of each run, oldest first.

    Raises:
        StoreError: there is nothing to salvage, or something lies in the new folder.
    """
    if not (folder / _NAME).is_file():
        raise StoreError(f"there is no {_NAME} in {folder}: name a data folder")
    if new.exists() and any(new.iterdir()):
        raise StoreError(f"{new} isn't empty: name a new folder with -o")
    pages = Pages(folder / _NAME)
    try:
        found = find(pages)
        open_data_folder(new)
        connection = open_writer(new / _NAME)
        migrate(connection)
        reports = []
        for number in sorted(found.runs.keys() | found.ids.keys()):
            with transaction(connection):
                reports.append(_Rebuilding(pages, found, connection, number).done())
        with transaction(connection):
            copy_who_tells(found, connection, reports)
            for sweep in found.sweeps.values():
                sweeps.insert(connection, sweep)
        connection.close()
    finally:
        pages.close()
    return reports


class _Rebuilding:
    """One run on its way into the new database."""

    def __init__(
        self, pages: Pages, found: Found, connection: apsw.Connection, number: int
    ) -> None:
        self._whole = WholeEvents(pages, found, number)
        self._pages = pages
        self._found = found
        self._connection = connection
        self._number = number
        self._columns: RunColumns = {}
        self._told: Counter[str] = Counter()

    def done(self) -> RunReport:
        """Writes it, and says what was kept."""
        row = self._found.runs.get(self._number)
        self._copy_events()
        kept = self._told.total()
        recorded = None if row is None else int(row["last_seq"] or 0)
        columns = self._entry(row)
        if columns is None:
            self._connection.execute("INSERT INTO deleted_runs VALUES (?)", (self._number,))
            return RunReport(self._found.ids[self._number], "nothing known", 0, None)
        if kept != recorded:
            columns = {name: columns[name] for name in _SINCE_CREATION if name in columns}
            columns |= self._columns | {"last_seq": kept}
        self._insert(columns | {"told": json.dumps(self._told)})
        known = Described.model_validate_json(str(columns["described"]))
        has_begun = copy_beginning(self._pages, self._found, self._connection, self._number, known)
        goes_on = kept != recorded and self._end(columns, has_begun)
        run_id, rebuilt = str(columns["id"]), row is None
        return RunReport(run_id, known.name, kept, recorded, goes_on, rebuilt, not has_begun)

    def _copy_events(self) -> None:
        seq = 1
        while event := self._whole.event(seq):
            self._write(seq, event)
            encoded = event.encoded
            self._told[encoded.kind] += 1
            if seq == 1:
                self._columns["first_body"] = encoded.body
                self._columns["created_at"] = event.recorded_at
            self._columns |= project([encoded], event.recorded_at)
            seq += 1

    def _write(self, seq: int, event: WholeEvent) -> None:
        encoded, count = event.encoded, len(event.arrays) + len(event.thinned)
        covered = (self._number, seq, encoded.kind, encoded.step, encoded.body)
        execute, executemany = self._connection.execute, self._connection.executemany
        execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*covered, event.recorded_at, count, check_value(*covered, count)),
        )
        executemany("INSERT INTO arrays VALUES (?, ?, ?, ?, ?, ?, ?)", event.arrays)
        executemany("INSERT INTO thinned VALUES (?, ?, ?, ?, ?)", event.thinned)
        known = [(*row[:3], row[4], row[6]) for row in event.arrays] + event.thinned
        executemany(
            "INSERT INTO array_checks VALUES (?, ?, ?, ?)",
            [(*row[:3], check_value(*row)) for row in known],
        )

    def _entry(self, row: RunColumns | None) -> dict[str, Any] | None:
        """Returns the run's columns as they were, or what its first event says of them, if it is
        there.
        """
        first = self._columns.pop("first_body", None)
        created_at = self._columns.pop("created_at", time.time())
        if row is not None:
            return {name: row[name] for name in row if name not in ("source", "check_value")}
        try:
            told = json.loads(str(first))
            recipe = Recipe.model_validate(told["recipe"]) if told.get("recipe") else None
            known = described(recipe) if recipe else Described.model_validate(told["described"])
            if told.get("continues"):
                continues = Continues.model_validate(told["continues"])
                known = known.model_copy(update={"continues": continues, "begins": "unknown"})
        except (KeyError, ValueError):
            return None
        return {
            "number": self._number,
            "id": self._found.ids[self._number],
            "described": known.as_kept(),
            "recipe": recipe and recipe.model_dump_json(exclude_none=True),
            "total_steps": told.get("total_steps"),
            "created_at": created_at,
        }

    def _insert(self, columns: dict[str, Any]) -> None:
        names = ", ".join(columns)
        marks = ", ".join(f":{name}" for name in columns)
        self._connection.execute(f"INSERT INTO runs ({names}) VALUES ({marks})", columns)
        runs.update(self._connection, self._number, {"number": self._number})

    def _end(self, columns: dict[str, Any], has_begun: bool) -> bool:
        """Says how a run ends of which something was lost; tells whether it goes on instead.

        Nobody trains it again without what it begins with.
        """
        if self._told.keys() & LAST_KINDS:
            return False
        step = int(self._columns.get("step") or 0)
        goes_on = has_begun and columns.get("recipe") is not None
        event = (
            StatusChanged(step=step, status="interrupted")
            if goes_on
            else RunFailed(step=step, code="data_damaged", message=_LOST, advice=_ADVICE)
        )
        seconds = float(columns.get("training_seconds") or 0)
        log.append(self._connection, columns["id"], [encode(event, step)], seconds, time.time())
        return goes_on
