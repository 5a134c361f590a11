"""An exception at any call that the supervisor's thread makes ends one run at most."""

import contextlib
import os
import random
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotInTime
from pathlib import Path

import pytest

from app import workers
from app.workers.supervisor import NotPossible, Supervisor
from tests.injecting import Place, Watched, calling_places, in_order
from tests.processes import workers_of
from tests.reliability.scale import IS_FULL
from tests.waiting import wait_until
from tests.workers.keeper import Log, recipe, supervising

NEXT_SECONDS = 60  # on cores that others use; alone it takes one or two
_FOLDER = Path(workers.__file__).parent
_ELSEWHERE = {"worker.py", "session.py", "server_line.py", "pulse.py", "checkpoint_spacing.py"}
PLACES = calling_places([file for file in _FOLDER.glob("*.py") if file.name not in _ELSEWHERE])
_TRIED = 6  # of the places, where there is little time

Disturb = Callable[[Supervisor, Log, str], None]


def _steer(running: Supervisor, log: Log, run_id: str) -> None:
    """Meets what a run that somebody steers, and stops, has the thread do."""
    for change in (
        {"learning_rate": 0.001},
        {"status": "paused"},
        {"advance": 1},
        {"status": "stopped"},
    ):
        with contextlib.suppress(Exception):
            running.command(run_id, **change).result(2)  # type: ignore[arg-type]


def _kill(running: Supervisor, log: Log, run_id: str) -> None:
    """Meets what a worker that dies has the thread do."""
    with contextlib.suppress(KeyError, ProcessLookupError):
        os.kill(running.worker_of(run_id), signal.SIGKILL)


def _go_on(running: Supervisor, log: Log, run_id: str) -> None:
    """Meets what a run that comes to its end, and one that goes on after a restart, have it do."""
    with contextlib.suppress(Exception):
        running.command(run_id, status="stopped").result(2)
    running.resume(f"{run_id}-resumed", recipe(2), 0, 0.0).exception(NEXT_SECONDS)


DISTURBANCES: list[Disturb] = [_steer, _kill, _go_on]


def _reached(cache_folder: Path, disturb: Disturb) -> set[Place]:
    """The places to which the thread comes under a disturbance, from when a run trains."""
    log = Log()
    with Watched("supervisor", PLACES) as watched, supervising(log, cache_folder) as running:
        running.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
        watched.seen.clear()
        disturb(running, log, "a")
        running.start("next", recipe(1))
        log.wait_for_end("next")
        return set(watched.seen)


def _try_at(place: Place, disturb: Disturb, cache_folder: Path) -> None:
    log = Log()
    with Watched("supervisor", PLACES, place) as watched, supervising(log, cache_folder) as running:
        running.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
        watched.arm()
        disturb(running, log, "a")
        wait_until(lambda: watched.has_raised or _is_over(log, "a"), f"{place}: not reached")
        for _ in range(2):  # the first may be what the error meets, and is told so
            with contextlib.suppress(NotPossible, NotInTime, RuntimeError):
                running.command("a", status="stopped").result(NEXT_SECONDS)
        log.wait_for_end("a")
        running.start("next", recipe(1))
        last = log.wait_for_end("next")
        if watched.has_raised and last["kind"] == "run_failed":  # it was met only now
            running.start("after", recipe(1))
            last = log.wait_for_end("after")
        assert last["kind"] == "run_finished", place
        assert running.trouble is None, place
        for run_id in {run_id for run_id, _ in log.events}:
            _check_ends(log, run_id, place)
    assert not workers_of(os.getpid()), place


def _is_over(log: Log, run_id: str) -> bool:
    return any(event.kind in _ENDS for event in log.of(run_id))


_ENDS = ("run_finished", "run_stopped", "run_failed")


def _check_ends(log: Log, run_id: str, place: Place) -> None:
    told = log.of(run_id)
    ends = [event for event in told if event.kind in _ENDS]
    assert len(ends) == 1, f"{place}: {run_id} ended so: {ends}"
    assert told[-1] is ends[0] or told[-1].kind == "status_changed", f"{place}: {told[-1]}"
    assert "secret" not in ends[0].body


@pytest.mark.parametrize("disturb", DISTURBANCES, ids=lambda one: one.__name__.strip("_"))
def test_an_exception_at_any_call_of_the_supervisor_ends_one_run_at_most(
    cache_folder: Path, disturb: Disturb
) -> None:
    places = list(in_order(_reached(cache_folder, disturb)))
    assert len(places) > 60
    if not IS_FULL:
        places = random.Random(disturb.__name__).sample(places, _TRIED // len(DISTURBANCES))
    problems = []
    for place in places:
        try:
            _try_at(place, disturb, cache_folder)
        except AssertionError as problem:
            problems.append(f"{place}: {problem}")
    assert not problems, "\n".join(problems)
