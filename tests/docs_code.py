"""The code that documents show, cut out of them to be run."""

import re
import sys
from typing import Any

import pytest

import app
from tests.contracts.repository import text_of

WATCHING = "docs/watching.md"
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def code_in(page: str) -> dict[str, str]:
    """The Python code below each heading of a page that has some; one piece a heading."""
    found = {}
    for part in re.split(r"^#+ ", text_of(page), flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        pieces = _PYTHON.findall(text)
        assert len(pieces) <= 1, f"{heading}: tests run one piece of code a heading"
        if pieces:
            found[heading] = pieces[0]
    return found


def run_code(monkeypatch: pytest.MonkeyPatch, heading: str, **names: Any) -> dict[str, Any]:
    """Runs the code below a heading of the page on watching, with names that it takes as given.

    Returns all names as they are afterwards.
    """
    monkeypatch.setitem(sys.modules, "filterscope", app)  # as an installed package is called
    exec(compile(code_in(WATCHING)[heading], f"{WATCHING}, {heading}", "exec"), names)
    return names
