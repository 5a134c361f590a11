"""What can go wrong with the store, in words for whoever runs the server."""


class StoreError(Exception):
    """Anything the store can't do; the message says why and what helps."""


class FolderUnusable(StoreError):
    """The data folder can't be made or written to."""


class DatabaseInUse(StoreError):
    """Another process owns the database."""


class DatabaseUnusable(StoreError):
    """The file is damaged, foreign, or written by a newer version."""


class DataDamaged(DatabaseUnusable):
    """Part of what is recorded isn't what was written; everything else can be read.

    Args:
        run_id: the run that it belongs to; None where that can't be told.
        what: the part, in words that go before “is damaged”.
    """

    def __init__(self, run_id: str | None, what: str) -> None:
        super().__init__(run_id, what)
        self.run_id = run_id
        self.what = what

    def __str__(self) -> str:
        place = "the database" if self.run_id is None else f"run {self.run_id}"
        return (
            f"{place} can't be read in full, for {self.what} is damaged on the disk: restore a "
            "copy of the data folder, or have “salvage” make a new one of all that is whole"
        )


class DatabaseGone(StoreError):
    """The database was taken away, or another one is in its place."""


class SweepUnknown(StoreError):
    """There is no such sweep, or it was deleted."""

    def __init__(self, sweep_id: str) -> None:
        super().__init__(f"there is no sweep {sweep_id!r}; perhaps it was deleted")


class SweepChanged(StoreError):
    """A sweep isn't any more what somebody who wants to change it has seen."""

    def __init__(self, sweep_id: str) -> None:
        super().__init__(f"the sweep {sweep_id!r} was changed meanwhile; look at it and ask again")


class SweepRemoved(StoreError):
    """A run can't be taken back, for its sweep was deleted after it and can be taken back too."""

    def __init__(self, sweep_id: str) -> None:
        super().__init__(f"the sweep {sweep_id!r} was deleted later; take that back before")


class StateNotKept(StoreError):
    """Nobody can go on from a run's end, for its last checkpoint isn't kept."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"the state at the end of run {run_id!r} isn't kept")


class RunUnknown(StoreError):
    """There is no such run, or it was deleted."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"there is no run {run_id!r}; perhaps it was deleted")


class DeletionOver(StoreError):
    """There is nothing to take back of a deletion: it is over, or there was none."""

    def __init__(self, deletion: str) -> None:
        super().__init__(f"there is nothing left to take back of the deletion {deletion!r}")
