"""Where a file goes that a command was asked for."""

import re
from pathlib import Path
from typing import IO

from ..private_files import private_opener

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plain_name(told: str) -> str:
    """Returns the name that a server gives a file, if it is one and leads nowhere else.

    Raises:
        ValueError: it holds a slash, begins with a dot, or is empty.
    """
    if not _PLAIN.fullmatch(told):
        raise ValueError(f"the server calls the file {told[:80]!r}, no plain name; say one with -o")
    return told


def open_to_write(path: Path, data_folder: Path) -> IO[bytes]:
    """Opens a file to be written; in the data folder it is for the owner alone, as all there.

    Raises:
        OSError: it can't be written.
    """
    if path.resolve().is_relative_to(data_folder.resolve()):
        return open(path, "wb", opener=private_opener)
    return path.open("wb")
