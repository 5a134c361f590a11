"""A small client of Filterscope's own API, over the standard library."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never by a proxy


class RequestRefused(Exception):
    """The server answered with an error; the message is the server's."""


class Client:
    """Speaks to the server at `url`, with its token if it has one."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def is_answered(self) -> bool:
        """Tells whether a Filterscope is there at all."""
        try:
            return bool(self.call("GET", "/healthz")["status"] == "ok")
        except (OSError, ValueError, KeyError, RequestRefused):
            return False

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Returns the JSON answer to a request. Raises RequestRefused."""
        with self._open(method, path, body) as answer:
            return json.load(answer)

    def download(self, path: str) -> tuple[bytes, str]:
        """Returns the file at `path`, and what the server calls it. Raises RequestRefused."""
        with self._open("GET", path) as answer:
            return answer.read(), answer.headers.get_filename()

    def events(self, run_id: str) -> Iterator[dict[str, Any]]:
        """Yields each event of a run as it happens, from the first to the last."""
        with self._open("GET", f"/api/runs/{run_id}/events") as stream:
            for line in stream:
                if line.startswith(b"event: "):
                    kind = line[7:].strip().decode()
                elif line.startswith(b"data: "):
                    yield {"kind": kind, **json.loads(line[6:])}

    def _open(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers, "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            return _OPENER.open(request)
        except urllib.error.HTTPError as problem:
            raise RequestRefused(_message(problem)) from None


def _message(problem: urllib.error.HTTPError) -> str:
    try:
        error = json.load(problem)["error"]
    except (ValueError, KeyError):
        return f"the server answered {problem.code}"
    field = f"{error['field']}: " if error.get("field") else ""
    return f"{field}{error['message']}"
