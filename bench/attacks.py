"""Clients that mean harm, in a process of their own: python -m bench.attacks NAME PORT SECONDS

Each kind is tried by several clients at once, which begin anew whenever they are answered or hung
up on. They use the loopback only, and end by themselves.
"""

import contextlib
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable

_NICENESS = 5  # elsewhere they would use their own processors
_PATIENCE_SECONDS = 5.0
_RECEIVED_AT_ONCE = 1 << 16
_LITTLE_ROOM = 4096
LONG_RUN, FAST_RUN = "long", "fast"

_ONCE = ("Connection: close",)

Client = Callable[[int, float], None]


def head(method: str, path: str, *headers: str, host: str = "127.0.0.1") -> bytes:
    """Returns the beginning of a request, up to its body."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path: str, body: bytes) -> bytes:
    """Returns a request with a body that is said to be JSON."""
    length = f"Content-Length: {len(body)}"
    return head("POST", path, "Content-Type: application/json", length, *_ONCE) + body


def _recipe() -> bytes:
    """Returns nearly the largest recipe: 19 million weights, 1,024 filters of 11×11 to be seen."""
    layers = [
        {"type": "conv2d", "filters": 1024, "kernel_size": 11},
        {"type": "max_pool2d"},
        {"type": "conv2d", "filters": 1024, "kernel_size": 3},
        {"type": "conv2d", "filters": 1024, "kernel_size": 3},
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": 10},
    ]
    recipe = {"name": "largest", "dataset": "mnist", "batch_size": 1, "steps": 1, "layers": layers}
    return json.dumps(recipe | {"optimizer": {"type": "sgd", "learning_rate": 0.1}}).encode()


def _repeating(request: bytes) -> Client:
    """Sends the request and reads all of the answer, over and over."""

    def ask(port: int, until: float) -> None:
        with socket.create_connection(("127.0.0.1", port), _PATIENCE_SECONDS) as asking:
            asking.settimeout(_PATIENCE_SECONDS)
            asking.sendall(request)
            while time.monotonic() < until and asking.recv(_RECEIVED_AT_ONCE):
                pass

    return ask


def _endless(beginning: bytes) -> Client:
    """Sends chunks of one byte without end."""
    chunks = b"1\r\n \r\n" * 10_000

    def ask(port: int, until: float) -> None:
        with socket.create_connection(("127.0.0.1", port), _PATIENCE_SECONDS) as asking:
            asking.settimeout(_PATIENCE_SECONDS)
            asking.sendall(beginning)
            while time.monotonic() < until:
                asking.sendall(chunks)

    return ask


def _slow_reader(port: int, until: float) -> None:
    """Watches the fast run with little room, and takes some kilobytes at a time."""
    with socket.socket() as watching:
        watching.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _LITTLE_ROOM)
        watching.settimeout(_PATIENCE_SECONDS)
        watching.connect(("127.0.0.1", port))
        watching.sendall(head("GET", f"/api/runs/{FAST_RUN}/events?after=1"))
        while time.monotonic() < until and watching.recv(_RECEIVED_AT_ONCE):
            time.sleep(0.02)


_CHUNKED = ("Transfer-Encoding: chunked", "Content-Type: application/json")
_MANY = tuple(f"X-{number}: 1" for number in range(10_000))
_MEGABYTE = json.dumps({"image": [[7] * 64] * 4900}, separators=(",", ":")).encode()
_KEYS = b"{" + b",".join(b'"%x":0' % number for number in range(15_000)) + b',"k":0,"k":0}'
_DEEP = b'{"a":' + b"[" * 900 + b"]" * 900 + b',"b":[' + b"[]," * 20_000 + b"[]]}"
_CODE = json.dumps({"code": f"Conv2D({','.join(f'k{n}=1' for n in range(2_500))})"}).encode()
_LONG = f"/api/runs/{LONG_RUN}"

ATTACKS: dict[str, tuple[int, Client]] = {
    "chunks of a byte, refused": (4, _endless(head("POST", "/api/runs", *_CHUNKED, host="evil"))),
    "chunks of a byte, accepted": (4, _endless(head("POST", "/api/runs", *_CHUNKED))),
    "10,000 headers": (4, _repeating(head("GET", "/healthz", *_ONCE, *_MANY))),
    "a recipe of 1 MB": (2, _repeating(post("/api/runs", _MEGABYTE))),
    "an image of 1 MB": (2, _repeating(post("/api/convolve", _MEGABYTE))),
    "a key twice in 140 kB": (2, _repeating(post("/api/recipes/preview", _KEYS))),
    "deep and wide JSON": (4, _repeating(post("/api/convolve", _DEEP))),
    "pasted code": (4, _repeating(post("/api/code", _CODE))),
    "metrics of a long run": (4, _repeating(head("GET", f"{_LONG}/metrics", *_ONCE))),
    "its table": (4, _repeating(head("GET", f"{_LONG}/metrics?format=csv", *_ONCE))),
    "previews of the largest recipe": (4, _repeating(post("/api/recipes/preview", _recipe()))),
    "replays from 0": (12, _repeating(head("GET", f"{_LONG}/events", *_ONCE))),
    "slow readers of a fast run": (20, _slow_reader),
}


def attack(name: str, port: int, seconds: float) -> int:
    """Tries one of `ATTACKS` for so long; how often."""
    clients, client = ATTACKS[name]
    until = time.monotonic() + seconds
    times = [0] * clients

    def go_on(number: int) -> None:
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                client(port, until)
            times[number] += 1

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(times)


if __name__ == "__main__":
    os.nice(_NICENESS)
    print(attack(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
