"""Raises an error at one place of a thread's own code, wherever that is: no place is named by hand.

A place is a line of the files looked at on which something is called.
"""

import ast
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, Self

_DEFINITIONS = (ast.FunctionDef, ast.Lambda)


class Place(NamedTuple):
    """A line of a file on which something is called."""

    file: str
    line: int

    def __str__(self) -> str:
        text = Path(self.file).read_text("utf-8").splitlines()[self.line - 1].strip()
        return f"{Path(self.file).name}:{self.line}: {text}"


def calling_places(files: Sequence[Path]) -> set[Place]:
    """All lines within functions of these files on which something is called."""
    return {
        Place(str(file), call.lineno)
        for file in files
        for definition in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(definition, _DEFINITIONS)
        for statement in _body(definition)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call)
    }


def _body(definition: ast.AST) -> list[ast.AST]:
    body: Any = definition.body  # type: ignore[attr-defined]
    return body if isinstance(body, list) else [body]


class Watched:
    """Threads of one name that begin within its block are watched at `places`.

    `seen` are the places to which such a thread came. With `raises_at` the error is raised there,
    the first time after `arm`.
    """

    def __init__(
        self,
        thread_name: str,
        places: set[Place],
        raises_at: Place | None = None,
        error: Callable[[], Exception] = lambda: RuntimeError("swordfish at /data/secret/place"),
    ) -> None:
        self.seen: set[Place] = set()
        self.has_raised = False
        self._thread_name = thread_name
        self._places = places
        self._files = {place.file for place in places}
        self._raises_at = raises_at
        self._error = error
        self._is_armed = False

    def __enter__(self) -> Self:
        threading.settrace(self._trace_call)
        return self

    def __exit__(self, *_exception: object) -> None:
        threading.settrace(None)  # type: ignore[arg-type]

    def arm(self) -> None:
        """From here on the error is due."""
        self._is_armed = True

    def _trace_call(self, frame: FrameType, _event: str, _argument: object) -> Any:
        if frame.f_code.co_filename not in self._files:
            return None
        if threading.current_thread().name != self._thread_name:
            sys.settrace(None)
            return None
        return self._trace_line

    def _trace_line(self, frame: FrameType, event: str, _argument: object) -> Any:
        place = Place(frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and place in self._places:
            self.seen.add(place)
            if self._is_armed and place == self._raises_at and not self.has_raised:
                self.has_raised = True
                raise self._error()
        return self._trace_line


def in_order(places: set[Place]) -> Iterator[Place]:
    """The places as a reader meets them."""
    yield from sorted(places)
