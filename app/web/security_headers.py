"""Tells browsers how to behave with what the server answers."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send


def security_policy(*styles: str) -> str:
    """Returns what a page may load, and from where.

    Args:
        styles: hashes of rules that stand in the page itself; no others in it hold.
    """
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data: blob:",
            " ".join(("style-src 'self'", *styles)),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
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


def with_headers(send: Send, is_for_all: bool = False) -> Callable[[Message], Awaitable[None]]:
    """Sends as `send` does, with the headers that an answer doesn't set itself.

    Args:
        send: where the answer goes.
        is_for_all: whether other sites' pages may show the answer.
    """
    own = _FOR_ALL if is_for_all else HEADERS

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in own.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers
