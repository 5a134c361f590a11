"""A server that takes watched runs as ours does, and can be slow, hung, busy, rude or dead."""

import contextlib
import http.server
import json
import re
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from app.external.packets import decode_packet

Reply = tuple[int, dict[str, Any], dict[str, str]]


def error(status: int, code: str, limit: float | None = None, **headers: str) -> Reply:
    detail = {"code": code, "message": f"It is {code}.", "field": None, "limit": limit}
    return status, {"error": detail}, headers


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints what went wrong, but not of who hung up: those who are watched may do that."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class StubServer:
    """Listens on loopback and keeps what it is told.

    `before` is asked about each request first, in the thread that answers it: it may wait, or give
    the reply. `wanted` and `alerts` go into the answers. So many `answers_to_lose` are never sent,
    though what they answer was done. With a `context` it listens for HTTPS.
    """

    def __init__(self, port: int = 0, context: ssl.SSLContext | None = None) -> None:
        self.registrations: list[dict[str, Any]] = []
        self.items: list[dict[str, Any]] = []
        self.arrays: dict[int, dict[tuple[int, str], np.ndarray]] = {}
        self.left_out = 0
        self.wanted: list[int] = []
        self.alerts: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.attempt, self.client = 0, ""
        self.answers_to_lose = 0
        self.times: list[float] = []
        self.before: Callable[[str], Reply | None] = lambda path: None
        self.lock = threading.Lock()
        self.context = context
        self._open(port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, port: int) -> None:
        self.server = _Server(("127.0.0.1", port), _handler(self))
        self.connections: list[Any] = []
        self.port = self.server.server_address[1]
        self.url = f"http{'s' * bool(self.context)}://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self) -> None:
        """Dies, with all its connections."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def come_back(self) -> None:
        """Listens again where it did, and knows what it was told."""
        self._open(self.port)

    @property
    def next(self) -> int:
        return len(self.items) + 1

    def steps(self, kind: str = "snapshot") -> list[int]:
        return [item["step"] for item in self.items if item["kind"] == kind]

    def values(self, name: str = "loss") -> dict[int, Any]:
        told: dict[int, Any] = {}
        for item in self.items:
            if item["kind"] == "steps":
                values = {**item["values"], **item.get("extra", {})}.get(name, [])
                told |= {s: v for s, v in zip(item["step"], values, strict=True) if v is not None}
        return told

    @property
    def has_ended(self) -> bool:
        return bool(self.items) and self.items[-1]["kind"] == "end"

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        reply = self.before(path)
        if reply is not None:
            return reply
        with self.lock:
            if batch := re.search(r"/batches/(\d+)\?attempt=(\d+)$", path):
                return self._batch(int(batch[1]), int(batch[2]), body)
            said = json.loads(body)
            if path.endswith("/attempts"):
                self.attempt, self.client = said["attempt"], said["client"]
                self.from_step = said["from_step"]
            elif self.attempt and self.client != said["client"]:
                return error(409, "attempt_taken", self.attempt)
            else:
                self.attempt, self.client = said["attempt"], said["client"]
                self.registrations.append(said)
            return 200, self._heard(id="r1", url="/runs/r1", attempt=self.attempt), {}

    def _batch(self, first: int, attempt: int, body: bytes) -> Reply:
        if attempt < self.attempt:
            return error(409, "attempt_over")
        if first > self.next:
            return error(409, "gap", self.next)
        header, blob = decode_packet(body)
        assert (header["first"], header["attempt"]) == (first, attempt)
        self.left_out = header["left_out"]
        at = 0
        for number, item in enumerate(header["items"], first):
            arrays = {}
            for layer, name, shape in item.get("arrays", []):
                size = 4 * int(np.prod(shape))
                arrays[layer, name] = np.frombuffer(blob[at : at + size], "<f4").reshape(shape)
                at += size
            if number == self.next:
                self.items.append(item)
                if arrays:
                    self.arrays[item["step"]] = arrays
        assert at == len(blob)
        alerts, self.alerts = self.alerts, []
        return 200, self._heard(alerts=alerts), {}

    def _heard(self, **more: Any) -> dict[str, Any]:
        return {"next": self.next, "wanted": self.wanted, **more}


def _handler(stub: StubServer) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            if stub.context is not None:
                self.request = stub.context.wrap_socket(self.request, server_side=True)
            super().setup()
            stub.connections.append(self.connection)

        def finish(self) -> None:
            super().finish()
            if stub.context is not None:  # the server closes only what lay below
                self.connection.close()

        def log_message(self, *_: object) -> None:
            pass

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stub.times.append(time.monotonic())
            stub.requests.append((self.command, self.path, dict(self.headers)))
            status, told, headers = stub.answer(self.command, self.path, body)
            if stub.answers_to_lose:
                stub.answers_to_lose -= 1
                self.close_connection = True
                return
            text = json.dumps(told).encode()
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(text)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)
            except OSError:
                self.close_connection = True

        do_POST = do_PUT  # noqa: N815

        def do_GET(self) -> None:
            stub.requests.append((self.command, self.path, dict(self.headers)))
            self.send_error(404)

    return Handler
