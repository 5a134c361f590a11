"""What a Python file imports, read without running it."""

import ast
import functools
from collections.abc import Iterator
from typing import NamedTuple

from tests.contracts.repository import files, text_of


class Import(NamedTuple):
    """`file` imports `module`; `lazily` if inside a function."""

    file: str
    line: int
    module: str
    lazily: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


def imports_of(file: str) -> Iterator[Import]:
    """Every import of `file`; `from a import b` counts as `a.b` where that is a module."""
    return _walk(ast.parse(text_of(file), file), file, lazily=False)


def unit_of(module: str) -> str:
    """The part of the app that a module belongs to: `app.store.migrations` → `store`."""
    return module.split(".")[1] if module.startswith("app.") else ""


@functools.cache
def modules_of_app() -> dict[str, str]:
    """Dotted name → file, for all modules under app/."""
    paths = [file for file in files() if file.startswith("app/") and file.endswith(".py")]
    return {file[:-3].replace("/", ".").removesuffix(".__init__"): file for file in paths}


def _walk(node: ast.AST, file: str, *, lazily: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(file, child.lineno, alias.name, lazily)
        elif isinstance(child, ast.ImportFrom):
            source = _source(child, file)
            for alias in child.names:
                yield Import(file, child.lineno, _imported(source, alias.name), lazily)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _walk(child, file, lazily=lazily or inside)


def _source(node: ast.ImportFrom, file: str) -> str:
    """The dotted name behind `from`, its leading dots worked out."""
    if node.level == 0:
        return node.module or ""
    package = file.split("/")[: -node.level]
    return ".".join([*package, node.module] if node.module else package)


def _imported(module: str, name: str) -> str:
    whole = f"{module}.{name}"
    return whole if whole in modules_of_app() else module
