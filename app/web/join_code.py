"""The short code by which a class joins: four signs that nobody takes for one another."""

import base64
import hashlib
import secrets
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from .problems import Problem
from .security_headers import security_policy
from .wrong_tries import WrongTries

_SIGNS: Final = "23456789ACDEFGHJKMNPQRTVWXY"  # without 0 O, 1 I L, 5 S, 8 B, 2 Z, U V
_LENGTH: Final = 4
_OURS: Final = {"/docs"}
_STYLE: Final = "body{font:1.25rem/1.4 system-ui,sans-serif;max-width:32rem;margin:2rem auto;\
padding:0 1rem;color-scheme:light dark}"
_UNKNOWN: Final = (
    "There is no class {} here. Look again at the code on the wall: it is four letters or digits, "
    "and changes when the server is started anew."
)


def new_code() -> str:
    """Draws a code at random."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def code_in(method: str, path: str) -> str | None:
    """Returns the code that an address may be, in capitals; None if it can't be one.

    >>> code_in("GET", "/7f3k"), code_in("GET", "/docs")
    ('7F3K', None)
    """
    code = path[1:].upper()
    is_one = len(code) == _LENGTH and code.isascii() and code.isalnum() and path not in _OURS
    return code if is_one and method in ("GET", "HEAD") else None


class CodeReader:
    """Knows the class's code; it is short, so nobody may try many."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._wrong = WrongTries()

    def is_right(self, code: str, address: str) -> bool:
        """Tells whether a code is the class's; who guesses on isn't told even that.

        Raises:
            Problem: 429 too many wrong ones came from that address.
        """
        if not self._wrong.is_shut(address) and secrets.compare_digest(code, self._code):
            return True
        wait = self._wrong.wait_seconds(address)
        self._wrong.note(address, code)
        if wait:
            message = f"Too many wrong codes came from your address; try again in {wait} s."
            raise Problem(429, "too_many_tries", message, headers={"Retry-After": str(wait)})
        return False


def code_unknown(code: str, headers: Headers) -> Response:
    """Says that there is no such class: to people on a page, to programs in the error envelope."""
    message = _UNKNOWN.format(code)
    if "text/html" not in headers.get("accept", ""):
        return Problem(404, "code_unknown", message).response()
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    html = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>No such class</title>'
        f"<style>{_STYLE}</style><h1>No class {code}</h1><p>{message}</p></html>"
    )
    policy = {"Content-Security-Policy": security_policy(f"'sha256-{digest}'")}
    return HTMLResponse(html, 404, policy)
