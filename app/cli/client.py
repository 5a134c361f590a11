"""A small client of Filterscope's own API, over the standard library."""

import hmac
import http.client
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from ..web.proving import proof_of, token_of

_PROOF_SECONDS = 10
_LONGEST_PROOF = 1000  # bytes
_ALIVE = "alive"  # as in `events`, which would load pydantic for every command
# What may come of asking whoever listens, and of reading what they answer.
_NO_PROOF = (OSError, http.client.HTTPException, ValueError, LookupError, TypeError, RecursionError)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: a token would go along."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


# Never by a proxy.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)


class RequestRefused(Exception):
    """The server answered with an error; the message is the server's.

    Attributes:
        status: of the answer; 0 where there was none.
        retry_after_seconds: when it wants to be asked again.
        code: the error's name in the interface; empty where there was none.
        limit: the nearest value that would have been accepted.
    """

    def __init__(
        self,
        message: str,
        status: int = 0,
        retry_after_seconds: float = 1.0,
        code: str = "",
        limit: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_seconds = retry_after_seconds
        self.code = code
        self.limit = limit


class Client:
    """Speaks to the server at `url`, to which it shows no token before that has proved itself.

    Args:
        token: shown at once, where somebody said that this server is theirs.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def recognizes(self, key: bytes) -> bool:
        """Tells whether the server knows the data folder's key; from then on it is trusted.

        Another program may listen where the last server did. It sees a question that says nothing,
        and never sees the token.
        """
        nonce = secrets.token_hex(32)
        try:
            with self._open("GET", f"/api/proof?nonce={nonce}", seconds=_PROOF_SECONDS) as answer:
                proof = json.loads(answer.read(_LONGEST_PROOF))["proof"]
            is_ours = hmac.compare_digest(proof, proof_of(key, nonce))
        except (RequestRefused, *_NO_PROOF):
            return False
        if is_ours:
            self._headers = {"Authorization": f"Bearer {token_of(key)}"}
        return is_ours

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Returns the JSON answer to a request. Raises RequestRefused."""
        with self._open(method, path, body) as answer:
            return json.load(answer)

    def send(self, method: str, path: str, body: bytes, kind: str) -> Any:
        """Returns the JSON answer to a request with a body of that type. Raises RequestRefused."""
        with self._open(method, path, body, kind=kind) as answer:
            return json.load(answer)

    def download(self, path: str) -> tuple[bytes, str]:
        """Returns the file at `path`, and what the server calls it. Raises RequestRefused."""
        with self._open("GET", path) as answer:
            return answer.read(), answer.headers.get_filename() or ""

    def events(self, run_id: str) -> Iterator[dict[str, Any]]:
        """Yields each event of a run as it happens, from the first to the last."""
        with self._open("GET", f"/api/runs/{run_id}/events") as stream:
            for line in stream:
                if line.startswith(b"event: "):
                    kind = line[7:].strip().decode()
                elif line.startswith(b"data: ") and kind != _ALIVE:
                    yield {"kind": kind, **json.loads(line[6:])}

    def _open(
        self,
        method: str,
        path: str,
        body: Any = None,
        seconds: float | None = None,
        kind: str = "application/json",
    ) -> Any:
        is_bytes = body is None or isinstance(body, bytes)
        data = body if is_bytes else json.dumps(body).encode()
        headers = {**self._headers, "Content-Type": kind}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            return _OPENER.open(request, timeout=seconds)
        except urllib.error.HTTPError as problem:
            raise _refusal(problem) from None


def _refusal(problem: urllib.error.HTTPError) -> RequestRefused:
    wait = problem.headers.get("Retry-After", "")
    seconds = float(wait) if wait.isdecimal() else 1.0
    try:
        error = json.load(problem)["error"]
        field = f"{error['field']}: " if error.get("field") else ""
        message, code = f"{field}{error['message']}", str(error.get("code", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        return RequestRefused(f"the server answered {problem.code}", problem.code, seconds)
    return RequestRefused(message, problem.code, seconds, code, error.get("limit"))
