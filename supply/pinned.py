"""The pinned versions: Python's from its lock files, the page's scripts from theirs."""

import json
import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
SCRIPTS = REQUIREMENTS / "vendored"
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Package(NamedTuple):
    """A Python package as a lock file has it, which may have others of its name for other Pythons.

    Attributes:
        name: as its index spells it.
        version: what is installed, and nothing else.
        hashes: SHA-256 of each file that may be installed as it, in hex.
        needed_by: names of those that ask for it; empty for what we ask for ourselves.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]


class Script(NamedTuple):
    """A package of npm of which files lie in `static/vendor`.

    Attributes:
        folder: where, relative to the root.
        files: SHA-256 of each file by its name in that folder.
    """

    name: str
    version: str
    license: str
    folder: str
    files: dict[str, str]


def packages(lock: Path) -> list[Package]:
    """Reads a lock file as uv writes it, with who needs what in the comments."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    return [_package(entry) for entry in entries if _ENTRY.match(entry)]


def scripts() -> list[Script]:
    """Reads what the page's scripts were copied from, and the sums of what was copied."""
    asked = json.loads((SCRIPTS / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((SCRIPTS / "package-lock.json").read_text(encoding="utf-8"))
    found = []
    for name, folder in asked["folders"].items():
        locked = lock["packages"][f"node_modules/{name}"]
        sums = (ROOT / folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        files = {file: digest for digest, file in (line.split() for line in sums)}
        found.append(Script(name, locked["version"], locked["license"], folder, files))
    return found


def _package(entry: str) -> Package:
    name, version = _ENTRY.match(entry).groups()  # type: ignore[union-attr]
    via = " ".join(re.findall(r"^\s+#(.*)$", entry, re.MULTILINE)).replace("via", "", 1)
    needed_by = [word for word in via.split() if re.fullmatch(r"[a-z0-9][a-z0-9._-]*", word)]
    return Package(
        name,
        version,
        tuple(_HASH.findall(entry)),
        tuple(word for word in needed_by if word != "filterscope"),
    )
