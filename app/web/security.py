"""The guard before every request: who may ask, and from where."""

import secrets
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..settings import Settings
from .access import Access, may
from .body import check_length
from .problems import Problem
from .security_headers import with_headers
from .unread import RequestBody

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_OPEN_PATHS = {"/healthz"}  # what a container's health check asks without a token


class Guard:
    """Wraps the whole application, so that even its failures carry the headers.

    Args:
        app: what is guarded.
        settings: where the server listens, its token and its limits.
        watch_token: what lets others watch; None where no token is asked for.
    """

    def __init__(self, app: ASGIApp, settings: Settings, watch_token: str | None = None) -> None:
        self._app = app
        self._settings = settings
        self._watch_token = watch_token
        self._cookie = f"filterscope-{settings.port}"  # cookies know hosts, not ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["filterscope.hang_up"] = _hang_up_of(send)
        body = RequestBody(scope, receive, send)
        answer = self._refusal(scope) or self._app
        await answer(scope, body.receive, with_headers(body.send))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        try:
            self._check_host(headers)
            self._check_origin(scope["method"], headers)
            check_length(self._settings, scope, headers)
            return self._check_token(scope, headers)
        except Problem as problem:
            return problem.response()

    def _check_host(self, headers: Headers) -> None:
        """Guards against DNS rebinding: another site's name may not lead to a loopback server.

        Elsewhere a server can't know all its names, and its cookie is bound to one of them.
        """
        allowed = LOOPBACK_NAMES | {self._settings.host}
        if self._settings.is_loopback and hostname_of(headers.get("host", "")) not in allowed:
            message = f"This server answers to {', '.join(sorted(allowed))} only."
            raise Problem(403, "wrong_host", message)

    def _check_origin(self, method: str, headers: Headers) -> None:
        """Guards against other sites' pages: only our own may change anything."""
        if method in _SAFE_METHODS:
            return
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        is_ours = site in (None, "same-origin", "none")
        if origin is not None:
            is_ours &= origin.partition("://")[2].lower() == headers.get("host", "").lower()
        if not is_ours:
            raise Problem(403, "cross_site", "Only this server's own pages may change anything.")

    def _check_token(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        scope["filterscope.access"] = "full"
        if self._settings.token is None or scope["path"] in _OPEN_PATHS:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = self._shown(headers)
        given = dict(query).get("token", "")
        if self._access_of(given):
            best = shown if self._access_of(shown) == "full" else given
            return self._welcome(scope, [pair for pair in query if pair[0] != "token"], best)
        access = self._access_of(shown)
        if access is None:
            message = "Open the link with the token that the server printed when it started."
            raise Problem(401, "token_needed", message, headers={"WWW-Authenticate": "Bearer"})
        if not may(access, scope["method"], scope["path"]):
            message = "This link lets one watch. Only whoever started the server can change things."
            raise Problem(403, "watch_only", message)
        scope["filterscope.access"] = access
        return None

    def _shown(self, headers: Headers) -> str:
        """Returns the token that comes with the request, in its cookie or its header."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        cookie = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        is_bearer = scheme.lower() == "bearer" and self._access_of(cookie) != "full"
        return bearer if is_bearer and self._access_of(bearer) else cookie

    def _access_of(self, given: str) -> Access | None:
        if self._settings.token and _same(given, self._settings.token):
            return "full"
        return "watch" if self._watch_token and _same(given, self._watch_token) else None

    def _welcome(self, scope: Scope, query: list[tuple[str, str]], token: str) -> ASGIApp:
        """Moves the token from the address into a cookie, so that it isn't kept or passed on.

        Whoever has full access keeps it when opening the link made for watching.
        """
        path = "/" + scope["path"].lstrip("/\\")
        target = f"{path}?{urlencode(query)}" if query else path
        response = RedirectResponse(target, 303)
        is_encrypted = scope["scheme"] == "https"
        response.set_cookie(
            self._cookie, token, path="/", httponly=True, samesite="strict", secure=is_encrypted
        )
        return response


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


def hostname_of(host: str) -> str:
    """Returns the name in a Host header, without port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _hang_up_of(send: Send) -> Callable[[], None]:
    """Cuts the connection without waiting for a peer that reads nothing.

    ASGI has no word for it, so this asks uvicorn's transport; under another server the
    connection ends when its buffer is read or the peer goes away.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    hang_up: Callable[[], None] = getattr(transport, "abort", lambda: None)
    return hang_up
