"""How many connections the system's limit of open files leaves room for."""

import resource
from typing import NamedTuple

from ..settings import Settings

RESERVED_FILES = 100  # for the database, workers, helpers and files: they never lack one
_FILES_OF_A_RUN = 6
_RUNS_IN_RESERVE = 8
_SMALLEST_SHARE = 4  # of a limit that is below all this, a quarter is for connections
_MOST_FILES = 65_536
_FOR_VIEWERS = 0.75  # of all connections: the rest is for questions


class Capacity(NamedTuple):
    """What can be kept at once.

    Attributes:
        files: how many files and connections the system lets this process have open.
        connections: how many of them are for connections.
        per_address: how many of those one address may have.
        on_this_machine: how many an address of this machine may have.
        viewers: how many event streams there may be.
    """

    files: int
    connections: int
    per_address: int
    on_this_machine: int
    viewers: int

    def most_of(self, address: str) -> int:
        """Says how many connections an address may have."""
        is_here = address == "::1" or address.startswith("127.")
        return self.on_this_machine if is_here else self.per_address


def raise_file_limit() -> int:
    """Raises this process's limit of open files as far as the system allows; returns it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    endless = resource.RLIM_INFINITY
    wanted = _MOST_FILES if hard == endless else min(hard, _MOST_FILES)
    if soft != endless and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (ValueError, OSError):  # some systems allow less than they say
            return soft
        return wanted
    return _MOST_FILES if soft == endless else soft


def capacity_for(settings: Settings, files: int) -> Capacity:
    """Says what can be kept with so many open files, at most what `settings` ask for."""
    runs_beyond = max(0, settings.runs_at_once - _RUNS_IN_RESERVE)
    reserved = RESERVED_FILES + _FILES_OF_A_RUN * runs_beyond
    connections = max(files - reserved, files // _SMALLEST_SHARE)
    asked = settings.connections_per_address
    return Capacity(
        files=files,
        connections=connections,
        per_address=min(asked or connections // 2, connections),
        on_this_machine=min(asked or connections, connections),  # its user's, or a proxy's
        viewers=min(settings.max_viewers, int(connections * _FOR_VIEWERS)),
    )
