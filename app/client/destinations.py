"""Where a run goes: to a server, or into a file."""

from __future__ import annotations

from .film_file import FilmFile
from .pace import Pace
from .server import RemoteServer
from .settings import WatchSettings


def destination_of(settings: WatchSettings, rest: FilmFile, pace: Pace) -> RemoteServer | FilmFile:
    """Gives what the script asked for.

    Args:
        rest: the file for what no server takes, which is also where a file lies that wasn't named.
    """
    if settings.url is None:
        return FilmFile(settings.file or rest.path, settings.key)
    return RemoteServer(
        settings.url,
        settings.token,
        settings.key,
        pace.answer,
        goes_on=settings.goes_on,
        is_usual=settings.is_usual,
    )
