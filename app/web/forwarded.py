"""What a proxy says of a request: who asked, under which name, and what stood before the path."""

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ..settings import Settings

_HOST: Final = re.compile(r"([A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_PREFIX: Final = re.compile(r"(/[A-Za-z0-9._~%@:+-]+)+")
_USUAL_PORTS: Final = {"http": "80", "https": "443"}


def address_of(request: Request, path: str) -> str:
    """Returns a path of this server as whoever asked has to call it."""
    prefix: str = request.scope.get("filterscope.prefix", "")
    return prefix + path


class Forwarded:
    """Wraps the server: what trusted proxies say of a request holds, what others say doesn't.

    `scope["filterscope.seen_host"]` is the name and port under which the browser asked, and
    `scope["filterscope.prefix"]` the path that a proxy has put before the server's own.

    Args:
        app: what is wrapped.
        settings: which proxies are trusted, and the prefix that all of them put first.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._settings = settings
        self._proxied = ProxyHeadersMiddleware(app, list(settings.trusted_proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on as whoever asked sent it."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            peer = (scope.get("client") or ("",))[0]
            is_trusted = peer in self._proxied.trusted_hosts
            prefix = headers.get("x-forwarded-prefix", "").rstrip("/") if is_trusted else ""
            prefix = prefix if _PREFIX.fullmatch(prefix) else self._settings.root_path
            scope = _without(prefix, scope)
            scope["filterscope.seen_host"] = _seen_host(scope, headers, is_trusted)
        await self._proxied(scope, receive, send)  # type: ignore[arg-type]


def _without(prefix: str, scope: Scope) -> Scope:
    """Takes the prefix off the path, where the proxy has left it there."""
    scope = {**scope, "filterscope.prefix": prefix}
    path: str = scope["path"]
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        scope["path"] = path[len(prefix) :] or "/"
        raw: bytes = scope.get("raw_path") or path.encode()
        scope["raw_path"] = raw.removeprefix(prefix.encode()) or b"/"
    return scope


def _seen_host(scope: Scope, headers: Headers, is_trusted: bool) -> str:
    """Returns the name and port in the browser's address bar, as far as anybody says them."""
    host = headers.get("host", "").lower()
    if not is_trusted:
        return host
    told = headers.get("x-forwarded-host", "").rpartition(",")[2].strip().lower()
    host = told if _HOST.fullmatch(told) else host
    port = headers.get("x-forwarded-port", "").rpartition(",")[2].strip()
    scheme = headers.get("x-forwarded-proto", scope["scheme"])
    is_told = port.isdecimal() and len(port) <= 5 and told
    if is_told and not re.search(r":\d+$", host) and port != _USUAL_PORTS.get(scheme):
        return f"{host}:{port}"
    return host
