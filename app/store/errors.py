"""What can go wrong with the store, in words for whoever runs the server."""


class StoreError(Exception):
    """Anything the store can't do; the message says why and what helps."""


class FolderUnusable(StoreError):
    """The data folder can't be made or written to."""


class DatabaseInUse(StoreError):
    """Another process owns the database."""


class DatabaseUnusable(StoreError):
    """The file is damaged, foreign, or written by a newer version."""


class RunUnknown(StoreError):
    """There is no such run, or it was deleted."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"there is no run {run_id!r}; perhaps it was deleted")
