"""Asks the server's transport for what ASGI has no word for."""

from collections.abc import Callable

from starlette.types import Send


def hang_up_of(send: Send) -> Callable[[], None]:
    """Cuts the connection without waiting for a peer that reads nothing.

    ASGI has no word for it, so this asks uvicorn's transport; under another server the
    connection ends when its buffer is read or the peer goes away.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    hang_up: Callable[[], None] = getattr(transport, "abort", lambda: None)
    return hang_up


def still_comes_of(send: Send) -> Callable[[], None]:
    """Says that a large body goes on coming, so that its connection isn't taken for a slow one."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    protocol = getattr(transport, "get_protocol", lambda: None)()
    still_comes: Callable[[], None] = getattr(protocol, "still_comes", lambda: None)
    return still_comes


def has_left_of(send: Send) -> Callable[[], bool]:
    """Tells whether the one who asked has hung up; under a server that can't say, never."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    has_left: Callable[[], bool] = getattr(transport, "is_closing", lambda: False)
    return has_left
