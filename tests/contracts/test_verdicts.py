"""A verdict's name is written where it is measured, told and typed, and listed nowhere else.

Counted are the files that declare it: as a field, function or argument, as a key or an entry of a
list, as a property of a JavaScript type. Who reads a verdict, `verdicts.score[filter]`, declares
nothing, and neither does a package that passes on the names of its functions.
"""

import ast
import functools
import re
from collections.abc import Iterator

import pytest

from app.verdicts import VERDICTS
from tests.contracts.repository import files_like, text_of

MOST_FILES = 4
# What random filters reach in them is told and drawn beside them, under the same names.
DRAWN_BESIDE_CHANCE = {"template_r2", "coherence"}
# Words with other uses: counted in files that declare one of the others too.
COMMON = {"score", "label", "since", "colour", "norm", "change", "oriented", "counts"}


def _declared_in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Dict | ast.List | ast.Tuple | ast.Set):
            entries = node.keys if isinstance(node, ast.Dict) else node.elts
            yield from (
                one.value
                for one in entries
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def _declared_in_javascript(text: str) -> Iterator[str]:
    yield from re.findall(r"@property \{.*\} \[?(\w+)", text)
    for listed in re.findall(r"\[([^\[\]]*)\]", text):
        yield from re.findall(r"[\"'](\w+)[\"']", listed)
    yield from re.findall(r"^\s*(\w+):", text, re.MULTILINE)


@functools.cache
def _declaring() -> dict[str, set[str]]:
    """Each file of the app and of the page with the verdicts that it declares."""
    python = [file for file in files_like("*.py", under="app/") if "__init__" not in file]
    declared = {
        **{file: set(_declared_in_python(text_of(file))) for file in python},
        **{
            file: set(_declared_in_javascript(text_of(file)))
            for file in files_like("*.js", under="static/js/")
        },
    }
    found = {file: names & VERDICTS.keys() for file, names in declared.items()}
    return {file: names for file, names in found.items() if names - COMMON}


@pytest.mark.parametrize("verdict", [name for name in VERDICTS if name not in DRAWN_BESIDE_CHANCE])
def test_few_files_declare_a_verdict(verdict: str) -> None:
    files = sorted(file for file, names in _declaring().items() if verdict in names)
    assert "app/verdicts.py" in files
    assert len(files) <= MOST_FILES, files
