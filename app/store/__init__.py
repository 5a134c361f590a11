"""What is kept: the catalogue of runs, their event logs and their snapshots, in one SQLite file.

One thread of one process writes (`Recorder`); readers have connections of their own. An event is
published to viewers only after the transaction that holds it is on disk.
"""

from .errors import (
    DatabaseGone,
    DatabaseInUse,
    DatabaseUnusable,
    DataDamaged,
    DeletionOver,
    RunUnknown,
    StateNotKept,
    StoreError,
    SweepChanged,
    SweepRemoved,
    SweepUnknown,
)
from .external_attempts import ToldAttempt
from .external_runs import ExternalRun, Overtaken
from .listed_run import ListedRun, SweptRun
from .log import LoggedEvent
from .reading import Reading, reading_beside
from .recorder import Publish
from .run_list import DamagedRun
from .run_search import RunSearch, Sort, SortKey, Start
from .runs import NewRun, RunRow
from .store import Store
from .sweeps import KeptSweep

__all__ = [
    "DamagedRun",
    "DataDamaged",
    "DatabaseGone",
    "DatabaseInUse",
    "DatabaseUnusable",
    "DeletionOver",
    "ExternalRun",
    "KeptSweep",
    "ListedRun",
    "LoggedEvent",
    "NewRun",
    "Overtaken",
    "Publish",
    "Reading",
    "RunRow",
    "RunSearch",
    "RunUnknown",
    "Sort",
    "SortKey",
    "Start",
    "StateNotKept",
    "Store",
    "StoreError",
    "SweepChanged",
    "SweepRemoved",
    "SweepUnknown",
    "SweptRun",
    "ToldAttempt",
    "reading_beside",
]
