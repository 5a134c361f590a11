"""Whether the database that is open is still the one that lies in the data folder."""

from pathlib import Path

from .errors import DatabaseGone

_BESIDE = ("", "-wal", "-shm")


class Presence:
    """Notices that the files were taken away or replaced under an open database.

    What is read and written then goes to files that nobody will find again; it must wait until they
    are back. A system without numbers for files notices only that they are missing.

    Args:
        path: the database, open by now.
        suffixes: of the files that must stay; a reader beside a server minds the database alone.
    """

    def __init__(self, path: Path, suffixes: tuple[str, ...] = _BESIDE) -> None:
        self._path = path
        there = [path.with_name(path.name + suffix) for suffix in suffixes]
        self._files = {file: _identity(file) for file in there if file.exists()}

    def check(self) -> None:
        """Returns if all is in its place.

        Raises:
            DatabaseGone: a file is missing, or another one has its name.
        """
        for file, identity in self._files.items():
            try:
                found = _identity(file)
            except OSError:
                raise DatabaseGone(
                    f"{file} is gone: put it back, or restart the server to begin anew"
                ) from None
            if found != identity:
                raise DatabaseGone(
                    f"{file} is another file than the one that was opened: put the first one "
                    "back, or restart the server to go on with this one"
                )


def _identity(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_dev, found.st_ino
