"""Builds what `make dist` builds."""

import subprocess
import sys
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from tests.contracts.repository import ROOT
from tests.joining import join_modules


class Built(NamedTuple):
    """A source archive and the wheel made of it."""

    archive: Path
    wheel: Path

    def files(self) -> set[str]:
        """What lies in the wheel."""
        with ZipFile(self.wheel) as wheel:
            return set(wheel.namelist())

    def metadata(self) -> Message:
        """What the wheel says of itself."""
        with ZipFile(self.wheel) as wheel:
            (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            return Parser().parsestr(wheel.read(name).decode())


def build(folder: Path, *only: str) -> Built:
    """Builds into `folder` with the pinned backend, and so without a network.

    Args:
        only: `--wheel` makes it straight from the checkout, and no archive.
    """
    join_modules()  # which `make dist` does before
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), *only]
    built = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    return Built(next(folder.glob("*.tar.gz"), folder), wheel)
