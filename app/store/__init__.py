"""What is kept: the catalogue of runs, their event logs and their snapshots, in one SQLite file.

One thread of one process writes (`Recorder`); readers have connections of their own. An event is
published to viewers only after the transaction that holds it is on disk.
"""

from app.store.catalogue import NewRun, RunRow
from app.store.errors import DatabaseInUse, DatabaseUnusable, RunUnknown, StoreError
from app.store.log import LoggedEvent
from app.store.reading import Reading
from app.store.recorder import Publish
from app.store.store import Store

__all__ = [
    "DatabaseInUse",
    "DatabaseUnusable",
    "LoggedEvent",
    "NewRun",
    "Publish",
    "Reading",
    "RunRow",
    "RunUnknown",
    "Store",
    "StoreError",
]
