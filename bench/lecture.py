"""A lecture: 200 phones follow, answer and draw, five questions a second each, beside training."""

import asyncio
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.pupils import Pupil
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, cpu_seconds, resident_bytes, serving

_PUPILS = 200
_SECONDS = 25.0
_DESK = "desk-0001"
_MOVES = 20
_PATIENCE_SECONDS = 3.0  # until the last move has reached all
_TRAINED = {"preset": "mnist-strokes", "steps": 300}
_TRAINING = {"preset": "mnist-strokes", "steps": 100_000, "seed": 2}


def measure() -> Iterator[Row]:
    """Counts what is answered, put off and lost; how long it takes; what it costs the server."""
    with serving() as server:
        drawn = server.train(_TRAINED)
        server.wait(drawn, lambda run: run["status"] == "finished")
        server.ask("PUT", "/api/teaching", {"leader": _DESK, "run": drawn, "begins": True})
        asked = {"leader": _DESK, "topic": "oriented_count"}
        poll = server.ask("POST", "/api/teaching/poll", asked)["id"]
        trained = server.train(_TRAINING)
        pupils = [
            Pupil(server.port, number, f"/api/runs/{drawn}/snapshots/300")
            for number in range(_PUPILS)
        ]
        before = server.ask("GET", f"/api/runs/{trained}")["step"]
        busy = cpu_seconds(server.pid)
        moves, most_mb = asyncio.run(_lesson(server, pupils, poll, drawn))
        busy = (cpu_seconds(server.pid) - busy) / sum(len(pupil.answers) for pupil in pupils)
        steps = server.ask("GET", f"/api/runs/{trained}")["step"] - before
        told = server.ask("PATCH", "/api/teaching/poll", {"leader": _DESK, "state": "revealed"})
    yield from _rows(pupils, moves, told["result"]["tally"])
    yield Row("server's processor time for each", "", milliseconds(busy))
    yield Row("its training meanwhile", "goes on", f"{steps / _SECONDS:.0f} steps/s", steps > 0)
    yield Row("server's memory meanwhile", "≤ 250 MB", f"{most_mb:.0f} MB", most_mb <= 250)


async def _lesson(
    server: Serving, pupils: list[Pupil], poll: str, run: str
) -> tuple[dict[int, float], float]:
    """Has all of them work while the teacher moves; when it moved to each step, and most memory."""
    following = [asyncio.create_task(pupil.follow()) for pupil in pupils]
    until = time.perf_counter() + _SECONDS
    working = asyncio.gather(*(pupil.work(poll, until) for pupil in pupils))
    moves: dict[int, float] = {}
    most_mb = 0.0
    for step in range(_MOVES):
        await asyncio.sleep(_SECONDS / (_MOVES + 1))
        place = {"leader": _DESK, "run": run, "step": step}
        moves[step] = time.perf_counter()
        await asyncio.to_thread(server.ask, "PUT", "/api/teaching", place)
        most_mb = max(most_mb, resident_bytes(server.pid) / 1e6)
    await working
    await asyncio.sleep(_PATIENCE_SECONDS)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    return moves, most_mb


def _rows(pupils: list[Pupil], moves: dict[int, float], tally: list[int]) -> Iterator[Row]:
    answers = [seconds for pupil in pupils for seconds in pupil.answers]
    waits = sum(pupil.waits for pupil in pupils)
    broken = [problem for pupil in pupils for problem in pupil.broken]
    p95 = percentile(answers, 95)
    what = f"{len(pupils)} phones that draw: a drawing's answer, p95"
    shown = f"{milliseconds(p95)} (median {milliseconds(median(answers))})"
    yield Row(what, "≤ 300 ms", shown, p95 <= 0.3)
    rate = len(answers) / _SECONDS
    yield Row(
        "answered, and told when to ask again", "all", f"{rate:.0f}/s, {waits / _SECONDS:.0f}/s"
    )
    fewest = min(len(pupil.answers) for pupil in pupils)
    yield Row("answers of the phone that got fewest", "≥ 1", str(fewest), fewest >= 1)
    yield Row("questions lost", "none", f"{len(broken)} {broken[:1] or ''}", not broken)
    voted: list[Any] = [0] * len(tally)
    for pupil in pupils:
        voted[pupil.vote or 0] += 1
    yield Row("votes counted", "all", f"{sum(tally)} of {len(pupils)}", voted == tally)
    late = [
        at - moves[step] for pupil in pupils for step, at in pupil.heard.items() if step in moves
    ]
    last = sum(max(moves) in pupil.heard for pupil in pupils)
    yield Row("phones that followed to the end", "all", f"{last}", last == len(pupils))
    shown = f"{milliseconds(percentile(late, 95))} (median {milliseconds(median(late))})"
    yield Row("the teacher moves → a phone is told, p95", "", shown)
