"""How long others wait for small answers while a network is being trained."""

import time
from http.client import HTTPConnection
from statistics import median

from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, serving

_REQUESTS = 1500


def measure() -> list[Row]:
    """Measures GET of one run over a kept connection: idle, and while the largest preset trains."""
    with serving() as server:
        run_id = server.train({"preset": "mnist-strokes", "steps": 20})
        server.wait(run_id, lambda run: run["status"] == "finished")
        idle = _latencies(server, run_id)
        run_id = server.train({"preset": "keras-mnist"})
        server.wait(run_id, lambda run: run["step"] >= 5)
        busy = _latencies(server, run_id)
        server.ask("PATCH", f"/api/runs/{run_id}", {"status": "stopped"})
    p99 = percentile(busy, 99)
    shown = f"{milliseconds(p99)} (median {milliseconds(median(busy))})"
    ratio = f"{median(busy) / median(idle):.2f} × (p99 idle {milliseconds(percentile(idle, 99))})"
    return [
        Row("GET of a run while keras-mnist trains, p99", "≤ 5 ms", shown, p99 <= 0.005),
        Row("the same, median training / median idle", "", ratio),
    ]


def _latencies(server: Serving, run_id: str) -> list[float]:
    connection = HTTPConnection("127.0.0.1", server.port)
    seconds = []
    for _ in range(_REQUESTS):
        began = time.perf_counter()
        connection.request("GET", f"/api/runs/{run_id}")
        connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
    connection.close()
    return seconds
