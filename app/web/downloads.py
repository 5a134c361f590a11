"""Files as answers: their names, and tags by which a browser knows that it has one already."""

import hashlib

from fastapi import Request

from .problems import Problem


def tag_of(*parts: object) -> str:
    """Returns an entity tag for what follows from `parts` alone."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def unchanged(request: Request, tag: str) -> bool:
    """Tells whether the asker has the file of that tag."""
    held = request.headers.get("if-none-match", "")
    return any(part.strip().removeprefix("W/") in (tag, "*") for part in held.split(","))


def as_download(name: str, tag: str) -> dict[str, str]:
    """Gives the headers of a file to keep; asked for again, it is sent only where it has
    changed.
    """
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": tag,
        "Cache-Control": "private, no-cache",
    }


def too_many_exports(limit: int) -> Problem:
    """Returns the answer to whoever wants a file when so many are being made."""
    message = f"{limit} exports are being made already; try again in some seconds."
    headers = {"Retry-After": "5"}
    return Problem(503, "too_many_exports", message, limit=limit, headers=headers)
