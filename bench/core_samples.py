"""Samples of 50 ms of a worker and its replica while they train strokes, through several phases."""

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from app.blas_threads import use_one_blas_thread
from app.engine import own_core
from app.engine.trial import Trial
from app.recipe import resolve
from app.workers.worker import OWN_PROCESS
from bench.neighbours import busy_cores
from bench.steps import step_of
from tests.processes import children_of

_WINDOW_SECONDS = 0.05


class Phase(NamedTuple):
    """How long it lasts, beside how many others that never rest."""

    what: str
    seconds: float
    others: int


class Sample(NamedTuple):
    """50 ms: seconds a step, and whether both were last on one core; None if the replica rested.

    others: the share of all cores' time that other processes took, those of the phase included.
    """

    step_seconds: float
    shared: bool | None
    others: float


Samples = dict[str, list[Sample]]

QUIET = Phase("quiet", 2, 0)
BURST = Phase("beside a burst of 2 s", 2, 1)
AFTER = Phase("in the second after it", 1, 0)
WANTED = Phase("both cores wanted by others", 2, 2)
PHASES = (QUIET, BURST, AFTER, WANTED)


def in_a_process(together: bool, moves: bool) -> Samples:
    """Returns the samples of all phases, taken in a process that does nothing else.

    together: always, in place of what a trial chooses.
    moves: off a shared core.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_turn, (together, moves))


def _turn(together: bool, moves: bool) -> Samples:
    use_one_blas_thread()
    with ExitStack() as stack:
        if together:
            stack.enter_context(patch.object(Trial, "run", lambda _trial, work: work(True)))
        if not moves:
            stack.enter_context(patch.object(own_core, "_step_off", lambda _cores: None))
        step = step_of(resolve({"preset": "mnist-strokes"}), OWN_PROCESS)
        step()
        (replica,) = children_of(os.getpid())
        _window(step, replica)
        found: Samples = {}
        for phase in PHASES:
            with busy_cores(phase.others):
                windows = range(round(phase.seconds / _WINDOW_SECONDS))
                found[phase.what] = [_window(step, replica) for _ in windows]
        return found


def _window(step: Callable[[], None], replica: int) -> Sample:
    before = [_core_and_ticks(pid)[1] for pid in (os.getpid(), replica)]
    busy, whole = _ticks()
    began, steps = time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < _WINDOW_SECONDS:
        step()
        steps += 1
    (core, own), (its_core, its) = _core_and_ticks(os.getpid()), _core_and_ticks(replica)
    shared = core == its_core if its > before[1] else None
    busy_now, whole_now = _ticks()
    others = busy_now - busy - (own + its - sum(before))
    return Sample(passed / steps, shared, others / max(1, whole_now - whole))


def _core_and_ticks(pid: int) -> tuple[int, int]:
    """Returns the core that a process last ran on, and for how many clock ticks it has so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return int(fields[36]), int(fields[11]) + int(fields[12])


def _ticks() -> tuple[int, int]:
    """Returns for how many clock ticks all cores have worked, and how many there were."""
    ticks = [int(count) for count in Path("/proc/stat").read_text("ascii").split(None, 9)[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)  # but idle, and waiting for disks
