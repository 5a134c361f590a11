"""A connection to a server that may be slow, hung, dead, or gone and back."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import socket
from typing import Any, NamedTuple
from urllib.parse import urlsplit

_MOST_ANSWER_BYTES = 2**20
_AT_ONCE_BYTES = 2**16
# What the system holds at most of what was sent: a slow line takes it in the time for an answer.
_ON_THE_WAY_BYTES = 2**17
_STALE = (
    http.client.RemoteDisconnected,
    http.client.CannotSendRequest,
    BrokenPipeError,
    ConnectionResetError,
    ConnectionAbortedError,
)


class Away(Exception):
    """The server didn't answer; says why in a word or two."""


class Answer(NamedTuple):
    """A server's answer.

    Attributes:
        told: the object in it; empty where there is none.
        retry_after: seconds that the server asks to wait; None where it doesn't.
    """

    status: int
    told: dict[str, Any]
    retry_after: float | None


class Connection:
    """Asks a server, over one connection as long as that lasts.

    Args:
        url: `http://` or `https://`, a name, perhaps a port and a path before `/api`.
        seconds: after so long without a sign the server counts as away; as long as it takes what is
            sent it isn't.
    """

    def __init__(self, url: str, token: str | None, seconds: float) -> None:
        parts = urlsplit(url)
        self._kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._host, self._port = parts.hostname or "", parts.port
        self._path, self._seconds = parts.path.rstrip("/"), seconds
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._open: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes, media_type: str) -> Answer:
        """Asks once; twice where the connection was closed while nobody used it.

        Raises:
            Away: nobody answered, or not in HTTP.
        """
        try:
            if self._open is not None:
                with contextlib.suppress(*_STALE):
                    return self._asked(method, path, body, media_type)
                self.close()
            return self._asked(method, path, body, media_type)
        except (OSError, http.client.HTTPException, ValueError) as problem:
            self.close()
            raise Away(_in_words(problem)) from None

    def fetch(
        self, path: str, body: bytes, media_type: str, most_bytes: int
    ) -> tuple[Answer, bytes]:
        """Posts once, over a connection of its own, for bytes; cut after so many.

        Raises:
            Away: nobody answered, or not in HTTP.
        """
        try:
            response = self._answer("POST", path, body, media_type)
            data = response.read(most_bytes)
            is_told = response.status >= 300
            told = _object_in(data) if is_told else {}
            return Answer(response.status, told, _seconds_in(response)), data
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise Away(_in_words(problem)) from None
        finally:
            self.close()

    def document(self, path: str, most_bytes: int) -> tuple[int, str]:
        """Asks once for text, with its status; cut after so many bytes.

        Raises:
            Away: nobody answered, or not in text.
        """
        try:
            response = self._answer("GET", path, None, "application/json")
            return response.status, response.read(most_bytes).decode()
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise Away(_in_words(problem)) from None
        finally:
            self.close()

    def break_off(self) -> None:
        """Ends what is being waited for, from another thread."""
        connection = self._open
        sock = getattr(connection, "sock", None)
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Closes the connection; the next question opens another."""
        connection, self._open = self._open, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()

    def _answer(
        self, method: str, path: str, body: bytes | None, media_type: str
    ) -> http.client.HTTPResponse:
        if self._open is None:
            self._open = self._connected()
        headers = {**self._headers, "Content-Type": media_type, "User-Agent": "filterscope-watch"}
        if body is not None and len(body) > _AT_ONCE_BYTES:  # each part has its own time
            headers["Content-Length"] = str(len(body))
            self._open.request(method, self._path + path, io.BytesIO(body), headers)
        else:
            self._open.request(method, self._path + path, body, headers)
        return self._open.getresponse()

    def _connected(self) -> http.client.HTTPConnection:
        opened = self._kind(self._host, self._port, timeout=self._seconds)
        opened.connect()
        with contextlib.suppress(OSError):
            opened.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ON_THE_WAY_BYTES)
        return opened

    def _asked(self, method: str, path: str, body: bytes, media_type: str) -> Answer:
        response = self._answer(method, path, body, media_type)
        text = response.read(_MOST_ANSWER_BYTES)
        if response.will_close or not response.isclosed():
            self.close()
        return Answer(response.status, _object_in(text), _seconds_in(response))


def _object_in(text: bytes) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _seconds_in(response: http.client.HTTPResponse) -> float | None:
    try:
        return max(0.0, float(response.getheader("Retry-After") or "none"))
    except ValueError:
        return None


def _in_words(problem: Exception) -> str:
    if isinstance(problem, TimeoutError):
        return "no answer in time"
    if verify := getattr(problem, "verify_message", None):  # of the ssl module, where there is one
        return f"its certificate can't be verified: {verify}"
    if isinstance(problem, ConnectionRefusedError):
        return "nobody listens there"
    if isinstance(problem, socket.gaierror):
        return "its name leads nowhere"
    return f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
