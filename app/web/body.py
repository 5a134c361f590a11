"""Reads a request's JSON so that no bytes, however odd, can become a server error or a wait."""

import re
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.types import Scope

from ..external.packets import LARGEST_PACKET_BYTES
from ..gathering.request import LARGEST_UPLOAD_BYTES
from ..settings import Settings
from ..strict_json import MOST_PARTS, JsonRefused, has_few_parts, read_object
from .problems import Problem

_HOLDS_ARRAYS = re.compile(
    r"/api/(convolve|runs/[^/]+/snapshots/[^/]+/(activations|convolve)"  # images
    r"|runs|sweeps(/preview)?|recipes/(preview|plan|code))",  # kernels to begin with
    re.ASCII,
)
_BATCH = re.compile(
    r"/api/(external/[^/]+/batches/[^/]+|cluster/tasks/[^/]+/reports/\d+)", re.ASCII
)
_REGISTRATION = re.compile(r"/api/external/[^/]+", re.ASCII)  # of up to some thousand layers
_WITHOUT_BODY = {"GET", "HEAD"}
_MOST_DIGITS = 15


async def json_object(request: Request) -> dict[str, Any]:
    """Returns the object in the body of `request`.

    Raises:
        Problem: 415 it isn't declared as JSON, 413 it is too large, 400 it isn't JSON,
            or too much of it, 422 it is but no object, or holds text that isn't Unicode.
    """
    data = await json_bytes(request)
    most = request.app.state.settings.max_body_bytes
    if len(data) > most and data.count(b",") > MOST_PARTS:
        message = f"Beyond {most:,} bytes a body may hold typed arrays, but no lists of numbers."
        raise Problem(400, "bad_json", message, limit=most)
    if not has_few_parts(data):
        message = f"The body holds more than {MOST_PARTS:,} objects and lists."
        raise Problem(400, "bad_json", message, limit=MOST_PARTS)
    return parsed(data)


JsonObject = Annotated[dict[str, Any], Depends(json_object)]


async def json_bytes(request: Request) -> bytes:
    """Reads a whole body that is declared as JSON; raises as `json_object`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        message = "Send JSON, with the header Content-Type: application/json."
        raise Problem(415, "not_json", message)
    return await read_bytes(request)


def parsed(data: bytes) -> dict[str, Any]:
    """Returns the object that `data` is as JSON; raises as `json_object`."""
    try:
        return read_object(data)
    except JsonRefused as why:
        raise refusal_of(why) from None


def refusal_of(why: JsonRefused) -> Problem:
    """Returns the answer to a body that can't be read."""
    if why.is_json:
        return Problem(422, "invalid", why.message, field=why.field, limit=why.limit)
    return Problem(400, "bad_json", why.message)


def check_length(settings: Settings, scope: Scope, headers: Headers) -> None:
    """Refuses a body that says of itself that it is too long, before any of it is read.

    Raises:
        Problem: 413 it is, 411 it has no length where no body is taken and nobody would read it.
    """
    method, length = scope["method"], headers.get("content-length", "")
    limit = most_bytes(settings, method, scope["path"])
    if length.isdecimal() and (len(length) > _MOST_DIGITS or int(length) > limit):
        raise too_large(limit)
    if method in _WITHOUT_BODY and "transfer-encoding" in headers:
        message = f"A {method} takes no body here; leave it out, or say its length."
        raise Problem(411, "length_required", message)


async def read_bytes(request: Request, most: int | None = None) -> bytes:
    """Reads the whole body; a 413 if it is larger than the server accepts there, or than `most`."""
    accepted = most_bytes(request.app.state.settings, request.method, request.scope["path"])
    limit = accepted if most is None else min(most, accepted)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise too_large(limit)
        parts.append(part)
    return b"".join(parts)


def most_bytes(settings: Settings, method: str, path: str) -> int:
    """Returns how many bytes a body may have: many where it can hold an image, kernels, or what a
    script trains.
    """
    if method == "POST" and path == "/api/open":
        return settings.max_open_bytes
    if method == "PUT" and _BATCH.fullmatch(path):
        return LARGEST_PACKET_BYTES
    if (method, path) == ("POST", "/api/datasets"):
        return LARGEST_UPLOAD_BYTES
    large = {"POST": _HOLDS_ARRAYS, "PUT": _REGISTRATION}.get(method)
    is_large = large is not None and large.fullmatch(path) is not None
    return settings.max_array_body_bytes if is_large else settings.max_body_bytes


def too_large(limit: int) -> Problem:
    """Returns the answer to a body of more than `limit` bytes."""
    message = f"The body is larger than the {limit:,} bytes that are accepted here."
    return Problem(413, "body_too_large", message, limit=limit, headers={"Connection": "close"})
