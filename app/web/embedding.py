"""What pages of other sites may do that an operator has named: show runs in a frame, and read."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Scope

from ..settings import Settings

_READING: Final = ("GET", "HEAD")
_FRAMES: Final = {"iframe", "frame", "embed", "object"}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": ", ".join(_READING),
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "600",
}


def is_reading(scope: Scope, headers: Headers, settings: Settings) -> bool:
    """Tells whether the page of an allowed origin reads, which changes nothing."""
    is_interface: bool = scope["path"].startswith("/api/")
    is_allowed = headers.get("origin", "").lower() in settings.embedding_origins
    return is_interface and is_allowed and scope["method"] in _READING


def answer_to_preflight(scope: Scope, headers: Headers, settings: Settings) -> Response | None:
    """Answers a browser that asks whether a page may read; None where it asks something else."""
    wanted = headers.get("access-control-request-method", "")
    is_asked = scope["method"] == "OPTIONS" and wanted in _READING
    if is_asked and is_reading({**scope, "method": wanted}, headers, settings):
        return Response(status_code=204, headers=_PREFLIGHT)
    return None


def is_framed(headers: Headers, settings: Settings) -> bool:
    """Tells whether a browser asks for a page to show it in another one, which is allowed to."""
    return bool(settings.embedding_origins) and headers.get("sec-fetch-dest") in _FRAMES


def ancestors(settings: Settings) -> str:
    """Returns whose pages may show ours in a frame, as a security policy says it."""
    return " ".join(settings.embedding_origins) or "'none'"


def may_be_framed(path: str, settings: Settings) -> bool:
    """Tells whether allowed pages may show what lies at `path` in a frame: the dashboard alone."""
    return bool(settings.embedding_origins) and (path == "/" or path.startswith("/runs/"))


def allow_reading(answer: MutableHeaders, headers: Headers, settings: Settings) -> None:
    """Adds to an answer's headers that the page of an allowed origin may read it.

    Nothing is said of credentials, so a browser neither sends cookies along nor keeps any.
    """
    answer.add_vary_header("Origin")
    if (origin := headers.get("origin", "").lower()) in settings.embedding_origins:
        answer["Access-Control-Allow-Origin"] = origin
        answer["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Retry-After"


def cookie_in_a_frame(headers: Headers) -> str:
    """Returns what a cookie's attributes are if another site's page shows ours, else nothing.

    Browsers send a strict cookie to no frame of another site. One that is partitioned is kept for
    frames of that one site, needs an encrypted connection, and says nothing to any other.
    """
    is_foreign = headers.get("sec-fetch-site") == "cross-site"
    return "HttpOnly; Path=/; SameSite=None; Secure; Partitioned" if is_foreign else ""
