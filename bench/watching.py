"""Trainings elsewhere that are watched: what does it cost them, whatever becomes of the server?

Each is a process of its own with one thread for matrix products, beside a server in another that is
well, slow, hung, dead, or away for half of the time. Time within `step` is measured by the
training itself, the sender's processor time by its thread's clock.
"""

import json
import os
import subprocess
import sys
import time
from typing import Any

import numpy as np

from bench.row import Row, milliseconds
from bench.serving import ROOT

_MOODS = ("well", "slow", "hung", "never there", "away and back")
_STEPS = {3: 1200, 30: 160}  # milliseconds of a step, and how many are made
_MOST_SHARE = 0.005
_MOST_CLOSING = 3.0
_IMPORTS = 7
_SNAPSHOTS = 60
_MIB = 2**20


def measure() -> list[Row]:
    """Measures half a minute of each length of step, and what waits at most."""
    rows = [_import_row()]
    one = _seconds_of_a_product()
    for length, steps in _STEPS.items():
        told = {mood: _told(mood, steps, round(length / 1000 / one)) for mood in _MOODS}
        rows += _rows(length, told)
    held = _told("held back", _SNAPSHOTS)
    extra = held["grown"] - 4 * held["one"]
    rows.append(
        Row("what waits for a hung server; process grown, beyond copies", "≤ 32 MiB",
            f"{held['most'] / _MIB:.0f} MiB; {extra / _MIB:.0f} MiB",
            held["most"] <= 32 * _MIB and extra <= 32 * _MIB)
    )  # fmt: skip
    return rows


def _rows(length: int, told: dict[str, dict[str, Any]]) -> list[Row]:
    shares = {mood: one["telling"] / one["seconds"] for mood, one in told.items()}
    senders = {mood: one["sending"] / one["seconds"] for mood, one in told.items()}
    closing = max(one["closing"] for one in told.values())
    real = told["well"]["seconds"] / _STEPS[length]
    return [
        Row(f"watched, a step of {milliseconds(real)}: time within step", "≤ 0.5 %",
            _percents(shares), max(shares.values()) <= _MOST_SHARE),
        Row("  processor time of the thread that sends", "", _percents(senders)),
        Row("  close, at most; losses as without", "≤ 3 s",
            f"{closing:.2f} s; {all(one['is_same'] for one in told.values())}",
            closing <= _MOST_CLOSING and all(one["is_same"] for one in told.values())),
    ]  # fmt: skip


def _percents(shares: dict[str, float]) -> str:
    return ", ".join(f"{mood} {100 * share:.2f}" for mood, share in shares.items()) + " %"


def _told(what: str, *numbers: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.watched_training", what, *map(str, numbers)]
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ran = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **single}, check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def _seconds_of_a_product() -> float:
    matrix = np.full((256, 256), 1e-3, "f4")
    best = float("inf")
    for _ in range(200):
        began = time.perf_counter()
        matrix @ matrix
        best = min(best, time.perf_counter() - began)
    return best


def _import_row() -> Row:
    program = (
        "import time, numpy; began = time.perf_counter(); from app import watch; "
        "print(time.perf_counter() - began)"
    )
    took = []
    for _ in range(_IMPORTS):
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
        )
        took.append(float(ran.stdout))
    took.sort()
    return Row("from filterscope import watch, beyond NumPy, median", "≤ 50 ms",
               milliseconds(took[len(took) // 2]), took[len(took) // 2] <= 0.05)  # fmt: skip
