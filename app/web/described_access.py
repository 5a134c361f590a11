"""The description of who may ask what, as programs that make clients read it."""

from typing import Any, Final

from .access import OPEN_PATHS, Access, cookie_name, may

_BEARER: Final = "bearer_token"
_COOKIE: Final = "browser_cookie"
_SENTENCES: Final[dict[Access, str]] = {
    "watch": "Access: whoever may watch.",
    "send": "Access: scripts that send what they train, and whoever may do everything.",
    "full": "Access: whoever may do everything.",
}


def schemes(port: int) -> dict[str, Any]:
    """Describes how a token is shown to the server at `port`."""
    return {
        _BEARER: {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that the server printed, or the one that scripts send with.",
        },
        _COOKIE: {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie_name(port),
            "description": "Set for a browser that opens the link with the token.",
        },
    }


def security_of(method: str, path: str) -> list[dict[str, list[str]]]:
    """Returns what has to be shown, each with the least access that is enough; [] nothing.

    >>> security_of("DELETE", "/api/runs/{run_id}")
    [{'bearer_token': ['full']}, {'browser_cookie': ['full']}]
    """
    least = _least(method, path)
    if least is None:
        return []
    by_cookie: Access = "full" if least == "send" else least  # no cookie holds a sender's token
    return [{_BEARER: [least]}, {_COOKIE: [by_cookie]}]


def sentence_on(method: str, path: str) -> str:
    """Says to a person who may ask."""
    least = _least(method, path)
    return "Access: everybody, without a token." if least is None else _SENTENCES[least]


def _least(method: str, path: str) -> Access | None:
    if path in OPEN_PATHS:
        return None
    enough: list[Access] = ["watch", "send", "full"]
    return next(access for access in enough if may(access, method, path))
