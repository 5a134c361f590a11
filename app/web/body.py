"""Reads a request's JSON so that no bytes, however odd, can become a server error."""

import json
from typing import Any

from fastapi import Request

from .problems import Problem

_DEEPEST = 64


async def json_object(request: Request) -> dict[str, Any]:
    """Returns the object in the body of `request`.

    Raises:
        Problem: 415 it isn't declared as JSON, 413 it is too large, 400 it isn't JSON, 422 it is
            but no object, or holds text that isn't Unicode.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        message = "Send JSON, with the header Content-Type: application/json."
        raise Problem(415, "not_json", message)
    value = _parse(await read_bytes(request))
    if not isinstance(value, dict):
        raise Problem(422, "invalid", 'The body must be a JSON object, {"name": value, ...}.')
    _check(value)
    return value


async def read_bytes(request: Request) -> bytes:
    """Reads the whole body; a 413 if it is larger than the server accepts."""
    limit = request.app.state.settings.max_body_bytes
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise too_large(limit)
        parts.append(part)
    return b"".join(parts)


def too_large(limit: int) -> Problem:
    """Returns the answer to a body of more than `limit` bytes."""
    message = f"The body is larger than the {limit:,} bytes that are accepted."
    return Problem(413, "body_too_large", message, limit=limit, headers={"Connection": "close"})


def _parse(data: bytes) -> Any:
    if not data.strip():
        raise Problem(400, "bad_json", "The body is empty; send a JSON object.")
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise Problem(400, "bad_json", "The body isn't UTF-8 text.") from None
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise Problem(400, "bad_json", f"The body isn't JSON: {problem.msg} ({where}).") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # Python refuses to read integers of more than some thousand digits
        raise Problem(400, "bad_json", "A number in the body has too many digits.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Problem(400, "bad_json", f"The body holds the key {twice[:80]!a} twice.")
    return found


def _too_deep() -> Problem:
    return Problem(400, "bad_json", f"The body is nested deeper than {_DEEPEST} levels.")


def _check(body: dict[str, Any]) -> None:
    """Refuses what JSON can say but nothing here can mean: lone surrogates, endless nesting."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), body)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > _DEEPEST:
            raise _too_deep()
        if isinstance(value, dict):
            for key in value:
                _check_text(key, path)
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, str(index)), inner) for index, inner in enumerate(value)]
        elif isinstance(value, str):
            _check_text(value, path)


def _check_text(text: str, path: tuple[str, ...]) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        where = ".".join(path)[:200] or None
        message = "Half of a surrogate pair is no character; write the character itself."
        raise Problem(422, "invalid", message, field=where) from None
