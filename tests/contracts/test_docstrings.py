"""Docstrings of what does something begin with what it does, in the plain order of words."""

import ast
from collections.abc import Iterator

from tests.contracts.each import for_each
from tests.contracts.repository import files_like, text_of

# A property is read like an attribute, so it may be described as one: "Whether it is over".
_ATTRIBUTES = ("property", "cached_property")
_QUESTIONS = ("What", "Whether", "How", "Who", "Whose", "Which", "Where", "When", "Why", "Since")
_FILES = [
    name for folder in ("app/", "bench/", "science/") for name in files_like("*.py", under=folder)
]


def _is_attribute(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(one).endswith(_ATTRIBUTES) for one in function.decorator_list)


def _docstrings(text: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _is_attribute(node):
            yield node.name, ast.get_docstring(node) or ""


def _questions(text: str) -> list[str]:
    return [name for name, said in _docstrings(text) if said.split(" ")[0] in _QUESTIONS]


@for_each(_FILES)
def test_a_function_says_first_what_it_does(name: str) -> None:
    assert _questions(text_of(name)) == [], "begin with a verb: “Tells whether …”, “Counts how …”"


def test_a_docstring_that_begins_as_a_question_is_noticed():
    asks = 'def asks():\n    """Whether it is."""\n'
    tells = 'def tells():\n    """Tells whether it is."""\n'
    described = '@property\ndef described(self):\n    """How it is."""\n'
    assert _questions(asks + tells + described) == ["asks"]
