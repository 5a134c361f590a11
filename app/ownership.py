"""One process at a time owns a data folder; others learn where to find it."""

import fcntl
import json
from pathlib import Path
from typing import Self


class AlreadyOwned(Exception):
    """Another process owns the data folder; `url` is where it serves, if it said so."""

    def __init__(self, folder: Path, url: str | None) -> None:
        at = f" at {url}" if url else ""
        super().__init__(
            f"another Filterscope{at} uses the data folder {folder}: stop it, or set "
            "FILTERSCOPE_DATA to another folder"
        )
        self.url = url


class Ownership:
    """A lock on a data folder that the operating system lifts when the process ends, however.

    Raises:
        AlreadyOwned: another process has it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / "owner.json").open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            url = self._read_url()
            self._file.close()
            raise AlreadyOwned(folder, url) from None
        self._write({})

    def announce(self, url: str) -> None:
        """Leaves word where this process serves."""
        self._write({"url": url})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write({})
        self._file.close()

    def _read_url(self) -> str | None:
        self._file.seek(0)
        try:
            url = json.load(self._file).get("url")
        except ValueError:
            return None
        return url if isinstance(url, str) else None

    def _write(self, content: dict[str, str]) -> None:
        self._file.seek(0)
        self._file.truncate()
        json.dump(content, self._file)
        self._file.flush()
