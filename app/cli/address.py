"""Where the server of a data folder is to be found, for commands that want to speak to it."""

import contextlib
import json
from pathlib import Path
from typing import NamedTuple

from ..private_files import private_opener

_NAME = "server.json"


class Announced(NamedTuple):
    """Where a server said it listens, and the key by which it is known again."""

    url: str
    key: bytes


def announce(data_folder: Path, url: str, key: bytes) -> None:
    """Leaves word, for the folder's owner alone, that its server listens at `url`."""
    draft = data_folder / f"{_NAME}.new"
    with open(draft, "w", encoding="utf-8", opener=private_opener) as file:
        json.dump({"url": url, "key": key.hex()}, file)
    draft.replace(data_folder / _NAME)


def withdraw(data_folder: Path) -> None:
    """Takes the word back when the server ends."""
    (data_folder / _NAME).unlink(missing_ok=True)


def announced(data_folder: Path) -> Announced | None:
    """Says where the last server said it listens; it may have died since."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((data_folder / _NAME).read_text(encoding="utf-8"))
        return Announced(str(told["url"]), bytes.fromhex(told["key"]))
    return None
