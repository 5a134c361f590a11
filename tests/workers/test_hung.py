"""Workers that stand still are said to, can be stopped all the same, and leave nothing behind."""

import contextlib
import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.past import Past
from app.workers import stops
from app.workers.supervisor import Supervisor
from tests.processes import children_of, wait_until_gone
from tests.waiting import wait_until
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe, statuses, supervising

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped")
_STALLED_SECONDS = 2.5
_SINCE_TOLD = 0.5  # seconds of training at most, from one report to the next
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


@pytest.fixture
def supervisor(log: Log, cache_folder: Path) -> Iterator[Supervisor]:
    """One to which workers seem to stand still after a few seconds."""
    with supervising(log, cache_folder, stalled_seconds=_STALLED_SECONDS) as running:
        yield running


def in_mid_training(supervisor: Supervisor, log: Log, run_id: str, steps: int) -> list[int]:
    """Starts a run; its worker and what that has forked."""
    supervisor.start(run_id, recipe(steps))
    log.wait_for_step(run_id, 20)
    worker = supervisor.worker_of(run_id)
    return [worker, *children_of(worker)]


def test_a_worker_that_stands_still_is_said_to_and_goes_on_to_the_same_bytes(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("quiet", recipe(300))
    assert log.wait_for_end("quiet")["kind"] == "run_finished"
    worker = in_mid_training(supervisor, log, "a", 300)[0]
    trained, began = log.trained["a"], time.monotonic()
    os.kill(worker, signal.SIGSTOP)
    stopped = time.monotonic()
    log.wait_for(lambda: statuses(log, "a") == [("stalled", None)])
    still = time.monotonic() - stopped
    os.kill(worker, signal.SIGCONT)
    log.wait_for(lambda: statuses(log, "a")[1:] == [("running", "stalled")])
    assert log.wait_for_end("a")["kind"] == "run_finished"
    assert still > _STALLED_SECONDS - 1
    assert log.trained["a"] - trained < time.monotonic() - began - still + _SINCE_TOLD
    told = [[e.body for e in log.of(name) if e.kind != "status_changed"] for name in ("quiet", "a")]
    assert told[0] == told[1]


def test_a_paused_run_does_not_stand_still_but_its_stopped_worker_does(
    supervisor: Supervisor, log: Log
) -> None:
    worker = in_mid_training(supervisor, log, "a", 10**6)[0]
    supervisor.command("a", status="paused").result(PATIENCE_SECONDS)
    run = supervisor._assignments.find("a")
    assert run is not None
    enough = time.monotonic() + _STALLED_SECONDS + 1
    wait_until(lambda: run.worker.mail.heard_at > enough, "a paused worker has no heartbeat")
    assert ("stalled", None) not in statuses(log, "a")
    os.kill(worker, signal.SIGSTOP)
    log.wait_for(lambda: ("stalled", None) in statuses(log, "a"))
    os.kill(worker, signal.SIGCONT)
    log.wait_for(lambda: statuses(log, "a")[-1] == ("paused", "stalled"))


def test_stopping_a_run_that_stands_still_succeeds_and_ends_all_its_processes(
    supervisor: Supervisor, log: Log
) -> None:
    stopped = in_mid_training(supervisor, log, "a", 10**6)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    log.wait_for(lambda: ("stalled", None) in statuses(log, "a"))
    pause = supervisor.command("a", status="paused")
    supervisor.command("a", status="stopped").result(PATIENCE_SECONDS)
    assert log.of("a")[-1].kind == "run_stopped"
    assert "has ended" in str(pause.exception(PATIENCE_SECONDS))
    wait_until_gone(stopped)
    supervisor.start("b", recipe(2))
    assert log.wait_for_end("b")["kind"] == "run_finished"


def test_a_stop_by_force_is_answered_as_a_stop(
    log: Log, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stops, "_FORCED_AFTER_SECONDS", 1.5)
    with supervising(log, cache_folder) as supervisor:
        stopped = in_mid_training(supervisor, log, "a", 10**6)
        os.kill(stopped[0], signal.SIGSTOP)
        asked = [supervisor.command("a", status="stopped") for _ in range(2)]
        for answer in asked:
            answer.result(PATIENCE_SECONDS)
        assert [json.loads(event.body)["kind"] for event in log.of("a")[-2:]] == [
            "status_changed",
            "run_stopped",
        ]
        wait_until_gone(stopped)


def test_a_worker_that_takes_nothing_keeps_the_supervisor_from_nothing(
    supervisor: Supervisor, log: Log
) -> None:
    worker = in_mid_training(supervisor, log, "a", 10**6)[0]
    supervisor.command("a", status="stopped").result(PATIENCE_SECONDS)
    os.kill(worker, signal.SIGSTOP)  # idle, and soon to be given more than a pipe holds
    log.past = lambda _run_id: Past(0, 0.0, [], bytes(10**7), 0)  # type: ignore[method-assign, assignment]
    supervisor.resume("b", recipe(10**6), 0, 0.0).result(PATIENCE_SECONDS)
    wait_until(lambda: _is_in_hand(supervisor, "b"), "it never got a worker")
    supervisor.command("b", status="stopped").result(PATIENCE_SECONDS)
    wait_until_gone([worker])
    assert log.of("b")[-1].kind == "run_stopped"
    assert supervisor.trouble is None


def _is_in_hand(supervisor: Supervisor, run_id: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(supervisor.worker_of(run_id))
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can stand in for a container")
def test_what_a_killed_worker_has_forked_is_waited_for_where_this_process_inherits_it(
    supervisor: Supervisor, log: Log
) -> None:
    prctl = ctypes.CDLL(None).prctl
    assert prctl(_SUBREAPER, 1, 0, 0, 0) == 0  # as the first process of a container
    try:
        worker, *replicas = in_mid_training(supervisor, log, "a", 10**6)
        assert replicas
        os.kill(worker, signal.SIGKILL)
        assert log.wait_for_end("a")["code"] == "worker_died"
        wait_until(
            lambda: not {worker, *replicas} & set(children_of(os.getpid())), "a zombie is left"
        )
    finally:
        prctl(_SUBREAPER, 0, 0, 0, 0)
