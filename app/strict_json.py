"""JSON read strictly: nothing is said twice, nested without end, or no text.

Whatever the bytes are, reading them costs work in proportion to their number.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

DEEPEST = 64
MOST_NAMES = 1000  # in all objects of a text together; the largest recipe has some 350
MOST_PARTS = 1000  # objects and lists that are read in a moment
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")  # only such an escape can become half a character

_Path = tuple["_Path", str] | None  # from the innermost name outwards


class JsonRefused(Exception):
    """Says why a text isn't taken: it is no JSON, or, if `is_json`, it can mean nothing here.

    It travels between processes, so all it holds is in its arguments.
    """

    def __init__(
        self,
        message: str,
        is_json: bool = False,
        field: str | None = None,
        limit: float | None = None,
    ) -> None:
        super().__init__(message, is_json, field, limit)
        self.message = message
        self.is_json = is_json
        self.field = field
        self.limit = limit


def read_object(data: bytes) -> dict[str, Any]:
    """Returns the JSON object that `data` is.

    Raises:
        JsonRefused: it is none, says a name twice, holds too many, or text that isn't Unicode.
    """
    value = _read(data)
    if not isinstance(value, dict):
        raise JsonRefused('The body must be a JSON object, {"name": value, ...}.', is_json=True)
    _check_extent(value)
    if _HALF.search(data):
        _check_texts(value)
    return value


def has_few_parts(data: bytes) -> bool:
    """Tells whether a text holds so few objects and lists that reading it takes a moment."""
    return data.count(b"{") + data.count(b"[") <= MOST_PARTS


def _read(data: bytes) -> Any:
    if not data.strip():
        raise JsonRefused("The body is empty; send a JSON object.")
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise JsonRefused("The body isn't UTF-8 text.") from None
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise JsonRefused(f"The body isn't JSON: {problem.msg} ({where}).") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # Python refuses to read integers of more than some thousand digits
        raise JsonRefused("A number in the body has too many digits.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = next(key for key, count in times.items() if count > 1)
        raise JsonRefused(f"The body holds the key {twice[:80]!a} twice.")
    return found


def _too_deep() -> JsonRefused:
    return JsonRefused(f"The body is nested deeper than {DEEPEST} levels.")


def _check_extent(body: dict[str, Any]) -> None:
    """Refuses endless nesting, and names by the thousand, each of which would be checked."""
    level: list[Any] = [body]
    names = 0
    for _ in range(DEEPEST + 1):
        names += sum(len(value) for value in level if isinstance(value, dict))
        if names > MOST_NAMES:
            message = f"The body holds more than {MOST_NAMES:,} names of fields."
            raise JsonRefused(message, is_json=True, limit=MOST_NAMES)
        level = _inside(level)
        if not level:
            return
    raise _too_deep()


def _inside(values: Iterable[Any]) -> list[Any]:
    inside: list[Any] = []
    for value in values:
        if isinstance(value, dict):
            inside += value.values()
        elif isinstance(value, list):
            inside += value
    return inside


def _check_texts(body: dict[str, Any]) -> None:
    """Refuses lone surrogates, which JSON can say and nothing here can mean."""
    waiting: list[tuple[_Path, Any]] = [(None, body)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                _check_text(key, path)
                waiting.append(((path, key), inner))
        elif isinstance(value, list):
            waiting += [((path, str(index)), inner) for index, inner in enumerate(value)]
        elif isinstance(value, str):
            _check_text(value, path)


def _check_text(text: str, path: _Path) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        message = "Half of a surrogate pair is no character; write the character itself."
        raise JsonRefused(message, is_json=True, field=_written(path)) from None


def _written(path: _Path) -> str | None:
    names: list[str] = []
    while path is not None:
        path, name = path
        names.append(name)
    return ".".join(reversed(names))[:200] or None
