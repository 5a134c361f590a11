"""What the server and its helpers hold while 350 want the largest answers at once, and after."""

import json
import random
import selectors
import socket
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import NamedTuple

from bench.largest import MOST_NUMBERS, MOST_WEIGHTS, record
from bench.peak import Peak
from bench.row import Row
from bench.serving import Serving, resident_bytes, serving

QUESTIONS, EXPORTS, UNREAD = 200, 50, 100
_FORMATS = ("npz", "html", "gif", "png", "webp")
_ADDRESSES = tuple(f"127.0.0.{number}" for number in range(1, 5))
_PATIENCE_SECONDS = 300.0
_AFTER_SECONDS = 60.0
_UNREAD_SECONDS = 15.0  # ten are borne
_MEGABYTE = 10**6


class Memory(NamedTuple):
    """Bytes in RAM: of the server, and of its processes together, an idle worker among them."""

    server: int
    helpers: int


class Want(NamedTuple):
    """A request that somebody makes, and whether they read the answer."""

    method: str
    path: str
    body: bytes = b""
    reads: bool = True


def measure() -> list[Row]:
    """Measures 200 questions, 50 exports and 100 answers that nobody reads, all at once."""
    with tempfile.TemporaryDirectory(prefix="filterscope-bench-") as folder:
        record(Path(folder))
        with serving(folder=Path(folder)) as server:
            return _attacked(server)


def _attacked(server: Serving) -> list[Row]:
    def now() -> Memory:
        return Memory(resident_bytes(server.pid), sum(map(_bytes_if_there, _children(server.pid))))

    _one_of_each(server)
    time.sleep(_AFTER_SECONDS / 2)  # so that they are at rest
    before = now()
    ends: Counter[str] = Counter()
    with Peak(now) as peak:
        _all_at_once(server.port, ends)
    most = Memory(*peak.most)
    time.sleep(_AFTER_SECONDS)
    after = now()
    growth = sum(after) - sum(before)
    everybody = QUESTIONS + EXPORTS + UNREAD
    others = everybody - sum(ends[end] for end in ("200", "503", "cut"))
    told = f"{ends['200']} answered, {ends['503']} told to come again, {ends['cut']} cut"
    what = f"{QUESTIONS} questions, {EXPORTS} exports, {UNREAD} unread answers"
    return [
        Row(f"{what}: server", "≤ 400 MB", _megabytes(most.server),
            most.server <= 400 * _MEGABYTE),
        Row("its helpers and an idle worker", "≤ 1 GB", _megabytes(most.helpers),
            most.helpers <= 1000 * _MEGABYTE),
        Row("more than before, a minute later", "≤ 50 MB", _megabytes(growth),
            growth <= 50 * _MEGABYTE),
        Row("became of them", "200, 503 or cut", told, others == 0),
    ]  # fmt: skip


def _one_of_each(server: Serving) -> None:
    """Has both helpers started, with all that they need for their work."""
    server.ask("POST", f"/api/runs/{MOST_NUMBERS}/snapshots/0/activations", {"index": 1})
    for kind in ("html", "png"):
        with _asked(server.port, _ADDRESSES[0], _export(kind)) as asker:
            _read(asker)


def _all_at_once(port: int, ends: "Counter[str]") -> None:
    def one(number: int, want: Want) -> None:
        address = _ADDRESSES[number % len(_ADDRESSES)]
        try:
            with _asked(port, address, want) as asker:
                ends[_read(asker) if want.reads else _left_unread(asker)] += 1
        except OSError as problem:
            ends[type(problem).__name__] += 1

    wants = _wants()
    random.Random(0).shuffle(wants)
    threads = [threading.Thread(target=one, args=each) for each in enumerate(wants)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _wants() -> list[Want]:
    def activations(number: int, *, reads: bool = True) -> Want:
        run_id = (MOST_NUMBERS, MOST_WEIGHTS)[number % 2]
        body = json.dumps({"index": number}).encode()
        return Want("POST", f"/api/runs/{run_id}/snapshots/0/activations", body, reads)

    film = Want("GET", f"/api/runs/{MOST_WEIGHTS}/film?layer=conv2", reads=False)
    return [
        *(activations(number) for number in range(QUESTIONS)),
        *(_export(_FORMATS[number % len(_FORMATS)]) for number in range(EXPORTS)),
        *(activations(0, reads=False) if number % 2 else film for number in range(UNREAD)),
    ]


def _export(kind: str) -> Want:
    return Want("GET", f"/api/runs/{MOST_WEIGHTS}/export?format={kind}")


def _asked(port: int, address: str, want: Want) -> socket.socket:
    asker = socket.socket()
    if not want.reads:
        asker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asker.bind((address, 0))
    asker.settimeout(_PATIENCE_SECONDS)
    asker.connect(("127.0.0.1", port))
    head = (
        f"{want.method} {want.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(want.body)}\r\n\r\n"
    )
    asker.sendall(head.encode() + want.body)
    return asker


def _read(asker: socket.socket) -> str:
    """Reads an answer to its end; its status, or `cut` where that came too early."""
    answer = HTTPResponse(asker)
    try:
        answer.begin()
        while answer.read(2**16):
            pass
    except (HTTPException, ConnectionError):
        return "cut"
    if answer.length:
        return "cut"
    if answer.status == 503 and not answer.getheader("Retry-After"):
        return "503 without a word when to come again"
    return str(answer.status)


def _left_unread(asker: socket.socket) -> str:
    """Takes nothing for longer than the server bears, and says what had come then."""
    with selectors.DefaultSelector() as selector:  # `select.select` takes small numbers alone
        selector.register(asker, selectors.EVENT_READ)
        if not selector.select(_PATIENCE_SECONDS):
            return "no answer"
    time.sleep(_UNREAD_SECONDS)
    return _read(asker)


def _children(pid: int) -> set[int]:
    listed = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")]
    return {int(child) for text in listed for child in text.split()}


def _bytes_if_there(pid: int) -> int:
    try:
        return resident_bytes(pid)
    except (OSError, IndexError):  # it ended
        return 0


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.0f} MB"
