"""Tells browsers how to behave with what the server answers."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

from ..settings import Settings
from .embedding import allow_reading, ancestors, may_be_framed
from .sites import is_picture


def security_policy(*styles: str, framed_by: str = "'none'") -> str:
    """Returns what a page may load, and from where.

    Args:
        styles: hashes of rules that stand in the page itself; no others in it hold.
        framed_by: whose pages may show it in a frame.
    """
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data: blob:",
            " ".join(("style-src 'self'", *styles)),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {framed_by}",
        )
    )


HEADERS = {
    "Cache-Control": "no-store",  # unless an answer says otherwise
    "Content-Security-Policy": security_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_FOR_ALL = HEADERS | {"Cross-Origin-Resource-Policy": "cross-origin"}


def with_headers(
    send: Send, scope: Scope, settings: Settings
) -> Callable[[Message], Awaitable[None]]:
    """Sends as `send` does, with the headers that an answer doesn't set itself.

    Args:
        send: where the answer goes.
        scope: what is answered.
        settings: which other sites' pages may show what.
    """
    own = _headers_of(scope["path"], settings)
    is_read = bool(settings.embedding_origins) and scope["path"].startswith("/api/")

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in own.items():
                headers.setdefault(name, value)
            if is_read:
                allow_reading(headers, Headers(scope=scope), settings)
        await send(message)

    return send_with_headers


def _headers_of(path: str, settings: Settings) -> dict[str, str]:
    if is_picture(path, settings):
        return _FOR_ALL
    if may_be_framed(path, settings):
        own = HEADERS | {"Content-Security-Policy": security_policy(framed_by=ancestors(settings))}
        del own["X-Frame-Options"]  # which has no words for some
        return own
    return HEADERS
