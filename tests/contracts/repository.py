"""The repository's files, as the contract tests read them."""

import functools
import subprocess
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDORED = "static/vendor/"


@functools.cache
def files() -> tuple[str, ...]:
    """Every file that is or could be committed, as paths relative to the root."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    listed = subprocess.run(
        [*git, "--exclude-standard"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return tuple(sorted(name for name in set(listed.split("\0")) if (ROOT / name).is_file()))


def files_like(*names: str, under: str = "") -> list[str]:
    """Those of `files` in the folder `under` whose name fits, without what others wrote."""
    return [
        file
        for file in files()
        if file.startswith(under) and not file.startswith(VENDORED)
        if any(fnmatch(Path(file).name, name) for name in names)
    ]


def text_of(name: str) -> str:
    """What the file says."""
    return (ROOT / name).read_text(encoding="utf-8")
