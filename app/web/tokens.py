"""The tokens that open a server, and what each of them opens."""

import hmac
import secrets
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from .access import Access
from .problems import Problem
from .proving import token_of
from .wrong_tries import WrongTries


class Tokens(NamedTuple):
    """What opens a server.

    Attributes:
        full: opens everything; None where no token is asked for.
        is_chosen: whether `full` could be guessed, for it wasn't drawn at random.
        watch: lets others watch.
        key: what commands beside the server derive theirs from.
        send: lets scripts send what they train, and read nothing.
        is_send_chosen: whether `send` could be guessed.
    """

    full: str | None
    is_chosen: bool
    watch: str | None
    key: bytes
    send: str | None = None
    is_send_chosen: bool = False


class Shown(NamedTuple):
    """The tokens that came with one request, empty where there is none."""

    link: str
    cookie: str
    bearer: str


class Doorkeeper:
    """Looks at tokens, and slows down who guesses.

    Tokens drawn at random are looked at however many wrong ones came from the same address, so
    neither a class behind one router nor a command on this machine is locked out. Nor is who was
    let in before: their cookie holds a seal that nobody can guess.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._wrong = WrongTries()

    @property
    def asks(self) -> bool:
        """Whether a token is needed at all."""
        return self._tokens.full is not None

    def access_by(self, shown: Shown, address: str) -> tuple[Access | None, Access | None]:
        """Returns what the link opens, and what cookie and header open together.

        A token that sends opens in a header alone: no browser is to keep it.

        Raises:
            Problem: 429 nothing right was shown, and too many wrong ones before.
        """
        by_link = self._opened_by(shown.link, address)
        by_bearer = self._opened_by(shown.bearer, address) or self._sends(shown.bearer, address)
        by_cookie = self._opened_by_cookie(shown.cookie, address)
        for given, access in zip(shown, (by_link, by_cookie, by_bearer), strict=True):
            if given and access is None:
                self._wrong.note(address, given)
        wait = self._wrong.wait_seconds(address)
        if wait and any(shown) and not (by_link or by_bearer or by_cookie):
            message = f"Too many wrong tokens came from your address; try again in {wait} s."
            raise Problem(429, "too_many_tries", message, headers={"Retry-After": str(wait)})
        return by_link, "full" if "full" in (by_bearer, by_cookie) else by_bearer or by_cookie

    def cookie_for(self, access: Access) -> str:
        """Returns what a browser keeps: the token, and a seal that lasts as long as the server."""
        token = (self._tokens.full if access == "full" else self._tokens.watch) or ""
        return f"{token}.{self._seal(token)}"

    def _opened_by(self, given: str, address: str) -> Access | None:
        tokens = self._tokens
        if _same(given, tokens.watch):
            return "watch"
        if _same(given, token_of(tokens.key)):
            return "full"
        if tokens.is_chosen and self._wrong.is_shut(address):
            return None
        return "full" if _same(given, tokens.full) else None

    def _sends(self, given: str, address: str) -> Access | None:
        if self._tokens.is_send_chosen and self._wrong.is_shut(address):
            return None
        return "send" if _same(given, self._tokens.send) else None

    def _opened_by_cookie(self, cookie: str, address: str) -> Access | None:
        token, _, seal = cookie.rpartition(".")
        if token and _same(seal, self._seal(token)):
            return "watch" if _same(token, self._tokens.watch) else "full"
        # The seal may be that of a server before this one: then the token has to be right.
        return self._opened_by(token, address) or self._opened_by(cookie, address)

    def _seal(self, token: str) -> str:
        return hmac.digest(self._tokens.key, b"cookie " + token.encode(), "sha256").hex()[:32]


def shown_in(headers: Headers, link: str, cookie: str) -> Shown:
    """Finds the tokens that come with a request.

    Args:
        headers: the request's.
        link: the token in its address.
        cookie: the name of this server's cookie.
    """
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    kept = cookie_parser(headers.get("cookie", "")).get(cookie, "")
    return Shown(link, kept, bearer if scheme.lower() == "bearer" else "")


def _same(given: str, token: str | None) -> bool:
    return bool(token) and secrets.compare_digest(
        given.encode("utf-8", "replace"), (token or "").encode()
    )
