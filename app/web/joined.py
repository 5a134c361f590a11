"""The page's modules joined into few files, as `make joined` writes them below `static/joined`.

A file for each module costs some hundred requests. The joined ones are named only while they say
what their sources say: after an edit in a checkout the sources are handed out as they are.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..page_files import STATIC

FOLDER = "joined"
PARTS = f"{FOLDER}/parts/"  # a file's name tells its content, so it may be kept for ever
_MADE_OF = STATIC / FOLDER / "made_of.json"


class PageCode(NamedTuple):
    """Names below `static` of what a browser fetches to begin with; the first is run first.

    Attributes:
        first: what the filters need.
        later: what follows at once.
    """

    first: tuple[str, ...]
    later: tuple[str, ...]


class _Made(NamedTuple):
    beginnings: dict[str, PageCode]
    digests: dict[Path, str]


def beginning(entry: str) -> PageCode | None:
    """Returns the joined files that begin with the module `entry`.

    None where there are none, or where one of their sources has changed since.
    """
    try:
        made = _read(_MADE_OF.stat().st_mtime_ns)
        is_up_to_date = all(_digest_now(path) == digest for path, digest in made.digests.items())
    except FileNotFoundError:
        return None
    return made.beginnings[entry] if is_up_to_date else None


@lru_cache(maxsize=1)
def _read(_changed_at: int) -> _Made:
    told = json.loads(_MADE_OF.read_text(encoding="utf-8"))
    beginnings = {
        entry: PageCode(tuple(files["first"]), tuple(files["later"]))
        for entry, files in told["beginnings"].items()
    }
    return _Made(beginnings, {STATIC / name: digest for name, digest in told["sources"].items()})


def _digest_now(path: Path) -> str:
    there = path.stat()
    return _digest(path, there.st_mtime_ns, there.st_size)


@lru_cache(maxsize=1024)
def _digest(path: Path, _changed_at: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
