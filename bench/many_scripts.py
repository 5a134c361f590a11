"""Twenty training scripts that send to one server at once, and what others notice of it."""

import contextlib
import json
import threading
import time
import uuid
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from app.external.packets import MEDIA_TYPE, encode_packet
from bench.meanwhile import UntilLeft
from bench.peak import Peak
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, resident_bytes, serving

SCRIPTS = 20
_EVERY_SECONDS = 1.0  # a snapshot of each script: twenty a second of all together
_TURNS = 3  # of nobody sending and all, so that what else the machine does is in both
_SECONDS = 5.0  # of each
_STEPS = 20  # of the curve, with each snapshot
_STEM = (7, 7, 3, 64)
_DEEPER = (3, 3, 128, 128)
_DEEPER_LAYERS = 7  # with the stem, a first snapshot of 4 MB
_PATIENCE_SECONDS = 60.0
_MEGABYTE = 10**6


class Heard(NamedTuple):
    """How long each answer took, and how often the server asked to come again."""

    seconds: list[float]
    waits: list[float]


def measure() -> list[Row]:
    """Measures first snapshots of 4 MB, all at once, then twenty small ones a second."""
    with serving() as server:
        before = resident_bytes(server.pid)
        context = get_context("spawn")
        near, far = context.Pipe()
        scripts = context.Process(target=_send, args=(server.port, far), daemon=True)
        with Peak(lambda: (resident_bytes(server.pid),)) as peak:
            scripts.start()
            run_id, first_seconds, waited = near.recv()
            idle, asking, answers, seconds = [], [], [], 0.0
            for _ in range(_TURNS):
                with _Asking(server, run_id) as heard:
                    time.sleep(_SECONDS)
                idle += heard.seconds
                with _Asking(server, run_id) as heard:
                    near.send("go on")
                    lasted, answered = near.recv()
                asking += heard.seconds
                answers += answered
                seconds += lasted
            scripts.join()
    p99, most = percentile(asking, 99), peak.most[0]
    return [
        Row(f"first snapshots of 4 MB of {SCRIPTS} scripts, on disk", "", f"{first_seconds:.1f} s, "
            f"{waited} times told to come again"),
        Row("snapshots on disk a second, in the long run", "20", f"{len(answers) / seconds:.1f}",
            len(answers) / seconds > 0.95 * SCRIPTS / _EVERY_SECONDS),
        Row("from sent to on disk, p99", "",
            f"{milliseconds(percentile(answers, 99))} (median {milliseconds(median(answers))})"),
        Row("GET of a run meanwhile, p99", "≤ 5 ms",
            f"{milliseconds(p99)} (median {milliseconds(median(asking))})", p99 <= 0.005),
        Row("the same while nobody sends, in turns with it", "",
            f"{milliseconds(percentile(idle, 99))} (median {milliseconds(median(idle))})"),
        Row("server's memory at most", "≤ 150 MB",
            f"{most / _MEGABYTE:.0f} MB, before {before / _MEGABYTE:.0f} MB",
            most <= 150 * _MEGABYTE),
    ]  # fmt: skip


def _send(port: int, asked: Connection) -> None:
    """Is all scripts, in a process of its own; tells how that went."""
    scripts = [_Script(port, number) for number in range(SCRIPTS)]
    began = time.perf_counter()
    _each(scripts, _Script.begin)
    waits = sum(len(script.heard.waits) for script in scripts)
    asked.send((scripts[0].run_id, time.perf_counter() - began, waits))
    for _ in range(_TURNS):
        asked.recv()
        for script in scripts:
            script.heard.seconds.clear()
        began = time.perf_counter()
        _each(scripts, _Script.go_on)
        answers = [second for script in scripts for second in script.heard.seconds]
        asked.send((time.perf_counter() - began, answers))


class _Script:
    """A script that is watched; what it sends is random, and its time is all for sending."""

    def __init__(self, port: int, number: int) -> None:
        self.run_id = ""
        self.heard = Heard([], [])
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
        self._path = f"/api/external/{uuid.uuid4().hex}"
        self._number = number
        self._random = np.random.default_rng(number)
        self._next, self._step = 1, 0

    def begin(self) -> None:
        """Registers, and sends all layers as they are before the first update."""
        shapes = [_STEM, *[_DEEPER] * _DEEPER_LAYERS]
        layers = [{"title": f"conv {place}", "kind": "conv2d", "shape": list(shape)}
                  for place, shape in enumerate(shapes)]  # fmt: skip
        said = {"name": f"script {self._number}", "client": f"{self._number:016x}",
                "layers": layers}  # fmt: skip
        body = json.dumps(said).encode()
        self.run_id = self._ask(self._path, body, "application/json")["id"]
        self._send([self._snapshot(*shapes)])

    def go_on(self) -> None:
        """Sends a snapshot of the first layer and some losses, second after second."""
        begin = time.monotonic() + _EVERY_SECONDS * self._number / SCRIPTS
        for turn in range(int(_SECONDS / _EVERY_SECONDS)):
            time.sleep(max(0.0, begin + turn * _EVERY_SECONDS - time.monotonic()))
            steps = list(range(self._step + 1, self._step + _STEPS + 1))
            self._step += _STEPS
            values = {"loss": [1 / step for step in steps]}
            told = {"kind": "steps", "step": steps, "values": values}
            began = time.perf_counter()
            self._send([(told, []), self._snapshot(_STEM)])
            self.heard.seconds.append(time.perf_counter() - began)

    def _snapshot(self, *shapes: tuple[int, ...]) -> tuple[dict[str, Any], list[bytes]]:
        arrays = [[place, "kernel", list(shape)] for place, shape in enumerate(shapes)]
        data = [self._random.normal(0, 0.1, shape).astype("<f4").tobytes() for shape in shapes]
        return {"kind": "snapshot", "step": self._step, "arrays": arrays}, data

    def _send(self, told: list[tuple[dict[str, Any], list[bytes]]]) -> None:
        items = [item for item, _ in told]
        arrays = [data for _, beside in told for data in beside]
        packet = b"".join(encode_packet({"items": items, "left_out": 0}, arrays))
        path = f"{self._path}/batches/{self._next}?attempt=1"
        self._next = self._ask(path, packet, MEDIA_TYPE)["next"]

    def _ask(self, path: str, body: bytes, media_type: str) -> Any:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                self._connection.request("PUT", path, body, {"Content-Type": media_type})
                answer = self._connection.getresponse()
                content = answer.read()
            except (HTTPException, OSError):  # refused before all of it was read
                self._connection.close()
                self.heard.waits.append(0.2)
                time.sleep(0.2)
                continue
            if answer.status < 300:
                return json.loads(content)
            if answer.status not in (429, 503):
                raise RuntimeError(f"{path}: {answer.status} {content[:300]!r}")
            self.heard.waits.append(float(answer.headers["Retry-After"]))
            time.sleep(self.heard.waits[-1])
        raise TimeoutError(f"{path} wasn't taken in {_PATIENCE_SECONDS:.0f} s")


class _Asking(UntilLeft):
    """Somebody who looks at a run again and again until the block is left."""

    def __init__(self, server: Serving, run_id: str) -> None:
        self.seconds: list[float] = []
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE_SECONDS)
        self._path = f"/api/runs/{run_id}"
        super().__init__()

    def _run(self) -> None:
        with contextlib.closing(self._connection):
            while not self._leaving.wait(0.005):
                began = time.perf_counter()
                self._connection.request("GET", self._path)
                self._connection.getresponse().read()
                self.seconds.append(time.perf_counter() - began)


def _each(scripts: list[_Script], doing: Any) -> None:
    """Has all scripts do something at once, and waits for them."""
    problems: list[Exception] = []

    def done(script: _Script) -> None:
        try:
            doing(script)
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=done, args=(script,)) for script in scripts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
