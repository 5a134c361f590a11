"""Where the server of a data folder is to be found, for commands that want to speak to it."""

import contextlib
from pathlib import Path

from ..private_files import private_opener

_NAME = "server.url"


def announce(data_folder: Path, url: str) -> None:
    """Leaves word that the folder's server listens at `url`."""
    with open(data_folder / _NAME, "w", encoding="utf-8", opener=private_opener) as file:
        file.write(url)


def withdraw(data_folder: Path) -> None:
    """Takes the word back when the server ends."""
    (data_folder / _NAME).unlink(missing_ok=True)


def announced(data_folder: Path) -> str | None:
    """Says where the last server said it listens; it may have died since."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (data_folder / _NAME).read_text(encoding="utf-8")
    return None
