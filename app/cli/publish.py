"""`python -m app publish RUN…`: runs as a folder of static files for any web server."""

import argparse
import io
import json
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from urllib.parse import urlencode

from ..export.site import MARK
from ..settings import Settings
from .client import RequestRefused
from .reaching import reached_server
from .taking import open_to_write


def run(options: argparse.Namespace) -> int:
    """Writes the site and prints its first page; 1 if it can't be made, with the reason."""
    query = [("run", one) for one in options.runs]
    query += [("title", options.title)] if options.title else []
    target = Path(options.out)
    try:
        settings = Settings.from_environment()
        if target.suffix != ".zip":
            _check_place(target)
        with reached_server(settings) as client:
            content, _ = client.download(f"/api/publish?{urlencode(query)}")
        if target.suffix == ".zip":
            with open_to_write(target, settings.data_folder) as file:
                file.write(content)
        else:
            _unpack(content, target)
    except (ValueError, OSError, RequestRefused) as problem:
        print(f"Filterscope can't publish this: {problem}", file=sys.stderr)
        return 1
    print(target if target.suffix == ".zip" else target / "index.html")
    return 0


def _check_place(folder: Path) -> None:
    """Raises ValueError if something else than an earlier site would be lost."""
    if folder.is_dir() and any(folder.iterdir()) and not _is_site(folder):
        message = "holds other files than a site of ours; name a new folder, or an empty one"
        raise ValueError(f"{folder} {message}")
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a folder, or a .zip")


def _is_site(folder: Path) -> bool:
    try:
        return "filterscope" in json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def _unpack(content: bytes, folder: Path) -> None:
    """Puts the site into place whole: a reader sees the one before, or this one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".filterscope-") as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        with zipfile.ZipFile(io.BytesIO(content)) as site:
            for entry in site.infolist():
                parts = PurePosixPath(entry.filename).parts
                if ".." in parts or entry.filename.startswith("/"):
                    raise ValueError(f"the server sent a file for {entry.filename}")
                path = new.joinpath(*parts)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(site.read(entry))
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
