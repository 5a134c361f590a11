"""A class of phones in one process: each follows, answers the question, and draws without rest."""

import asyncio
import base64
import contextlib
import json
import random
import time
from typing import Any

_APART_SECONDS = 0.2  # between two questions while one draws
_SIDE = 28
_CHUNK = 1 << 16


class Pupil:
    """One phone: a stream, and a kept connection for its questions.

    `answers` has the seconds that each answered question took, `waits` how often it was told to
    ask again later, `broken` what went wrong otherwise; `heard` is when its stream told each step.
    """

    def __init__(self, port: int, number: int, network: str) -> None:
        self.answers: list[float] = []
        self.waits = 0
        self.broken: list[str] = []
        self.heard: dict[int, float] = {}
        self.vote: int | None = None
        self._port, self._phone, self._network = port, f"phone-{number:012}", network
        self._random = random.Random(number)

    async def follow(self) -> None:
        """Hears where the teacher looks until it is cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(_head("GET", "/api/teaching/events?filters=1", self._port))
        tail = b""
        with contextlib.closing(writer):
            while data := await reader.read(_CHUNK):
                *events, tail = (tail + data).split(b"\n\n")
                for event in events:
                    if (at := event.find(b"event: place\ndata: ")) >= 0:  # after a chunk's length
                        step = json.loads(event[at:].partition(b"data: ")[2])["step"]
                        self.heard.setdefault(step, time.perf_counter())

    async def work(self, poll: str, until: float) -> None:
        """Answers once, then draws until the time is over and the last drawing is answered."""
        await asyncio.sleep(self._random.random() * 2)
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        with contextlib.closing(writer):
            ask = _Asking(reader, writer, self._port)
            self.vote = self._random.randrange(17)
            body = {"poll": poll, "vote": self.vote}
            await self._insist(ask, "PUT", f"/api/teaching/poll/votes/{self._phone}", body)
            while time.perf_counter() < until:
                began = time.perf_counter()
                question = {"image": self._picture()}
                path = f"{self._network}/activations?maps=0"
                self.answers.append(await self._insist(ask, "POST", path, question))
                await asyncio.sleep(max(0.0, began + _APART_SECONDS - time.perf_counter()))

    async def _insist(self, ask: "_Asking", method: str, path: str, body: Any) -> float:
        """Asks again as late as it is told to, until there is an answer; the last one's seconds."""
        while True:
            began = time.perf_counter()
            status, wait_seconds = await ask(method, path, body)
            if status == 200:
                return time.perf_counter() - began
            if status not in (429, 503) or not wait_seconds:
                self.broken.append(f"{method} {path}: {status}")
                return time.perf_counter() - began
            self.waits += 1
            await asyncio.sleep(wait_seconds)

    def _picture(self) -> dict[str, str]:
        """Draws an upright stroke somewhere, and packs it as the page does."""
        at = self._random.randrange(4, 24)
        row = bytes(255 if abs(x - at) < 2 else 0 for x in range(_SIDE))
        data = base64.b64encode(row * _SIDE).decode()
        return {"dtype": "u1", "shape": f"{_SIDE}, {_SIDE}, 1", "bdata": data}


class _Asking:
    """Asks over a kept connection, and returns the status and after how long to ask again."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int
    ) -> None:
        self._reader, self._writer, self._port = reader, writer, port

    async def __call__(self, method: str, path: str, body: Any) -> tuple[int, float]:
        data = json.dumps(body).encode()
        self._writer.write(_head(method, path, self._port, len(data)) + data)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        await self._reader.readexactly(int(fields.get("content-length", "0")))
        return int(head.split(" ", 2)[1]), float(fields.get("retry-after", "0"))


def _head(method: str, path: str, port: int, length: int = 0) -> bytes:
    about = f"Content-Type: application/json\r\nContent-Length: {length}\r\n" if length else ""
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{about}\r\n".encode()
