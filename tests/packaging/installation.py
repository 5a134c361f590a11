"""A wheel in a virtual environment that holds nothing else but the libraries it asks for."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class Installation(NamedTuple):
    """The programs of the environment, to be started from anywhere."""

    programs: Path

    def path(self, program: str) -> str:
        """Where `python`, `filterscope` or another program lies."""
        return str(self.programs / program)

    def run(self, program: str, *arguments: str, where: Path) -> subprocess.CompletedProcess[str]:
        """Runs a program in a folder, which takes the data, too."""
        return subprocess.run(
            [self.path(program), *arguments],
            cwd=where,
            env={**os.environ, "FILTERSCOPE_DATA": str(where / "data")},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def evaluate(self, program: str, where: Path) -> str:
        """What a program in Python prints."""
        ran = self.run("python", "-c", program, where=where)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    def pip(self, *arguments: str) -> str:
        """What the pip of the tests' own environment says of this one."""
        return _pip(self.path("python"), *arguments)


def install(wheel: Path, folder: Path) -> Installation:
    """Installs it by pip without a network; its libraries are links to the pinned ones of here."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    installation = Installation(folder / "bin")
    installation.pip("install", "--no-index", "--no-deps", str(wheel))
    (packages,) = folder.glob("lib/python*/site-packages")
    (installed,) = Distribution.discover(name="filterscope", path=[str(packages)])
    for needed in _needed(installed, set()):
        for name in {file.parts[0] for file in needed.files or ()} - {"..", "__pycache__"}:
            (packages / name).symlink_to(Path(str(needed.locate_file(name))))
    return installation


def _needed(of: Distribution, found: set[str]) -> Iterator[Distribution]:
    """The libraries that one asks for, and those that these ask for."""
    for requirement in map(Requirement, of.requires or ()):
        asked = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        name = canonicalize_name(requirement.name)
        if asked and name not in found:
            found.add(name)
            library = distribution(name)
            yield library
            yield from _needed(library, found)


def _pip(python: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    ran = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
