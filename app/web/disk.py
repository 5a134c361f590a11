"""Room on the disk, before anything begins that would need it."""

from ..settings import Settings
from ..store import Store
from .problems import Problem

_MEBIBYTE = 2**20
_RETRY_SECONDS = "30"


def check_disk(settings: Settings, store: Store) -> None:
    """Lets nothing more be recorded while there is no room for it.

    Raises:
        Problem: 503, with what would help.
    """
    if trouble := store.trouble:
        raise _full(f"Nothing can be kept just now: {trouble}. Make room.")
    floor = settings.disk_floor_bytes
    free = settings.free_disk_bytes()
    if free < floor:
        raise _full(
            f"Only {free // _MEBIBYTE:,} MiB of disk are free and {floor // _MEBIBYTE:,} are "
            "needed: delete runs or make room.",
            floor,
        )


def _full(message: str, limit: int | None = None) -> Problem:
    headers = {"Retry-After": _RETRY_SECONDS}
    return Problem(503, "disk_full", message, limit=limit, headers=headers)
