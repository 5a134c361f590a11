"""Whatever raises in the supervisor's thread ends one run at most, and the next one trains."""

import errno
import json
import os
import signal
import threading
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from app import heartbeat
from app.past import Past
from app.workers import pool, supervisor_thread, turns
from app.workers.supervisor import Supervisor
from tests.waiting import wait_until
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe, supervising


class _Breaks:
    """A call that raises the next `times` times, and then is what it was."""

    def __init__(self, owner: Any, name: str, error: Exception, times: int = 1) -> None:
        self._call = getattr(owner, name)
        self._error = error
        self.left = times
        setattr(owner, name, self)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if self.left > 0:
            self.left -= 1
            raise self._error
        return self._call(*arguments, **named)


def _change_rate(running: Supervisor, run_id: str) -> None:
    running.command(run_id, learning_rate=0.001).exception(PATIENCE_SECONDS)


def _stop(running: Supervisor, run_id: str) -> None:
    running.command(run_id, status="stopped").exception(PATIENCE_SECONDS)


def _kill(running: Supervisor, run_id: str) -> None:
    os.kill(running.worker_of(run_id), signal.SIGKILL)


def _stop_and_begin_another(running: Supervisor, run_id: str) -> None:
    _stop(running, run_id)
    running.start(f"after-{run_id}", recipe(1))


_DISTURBED = [
    ("_assignments._archive.record", _change_rate),
    ("_assignments._archive.record", _kill),
    ("_assignments._archive.keep_crash_report", _kill),
    ("_assignments._reports._check_recorded", _change_rate),
    ("_assignments.hear", _change_rate),
    ("_assignments.hold", _change_rate),
    ("_assignments.pass_on", _change_rate),
    ("_assignments.press_stops", _stop),
    ("_assignments.sentinels", _change_rate),
    ("_thread._has_room", _change_rate),
    ("_last_words.repeat", _kill),
    ("_pass_on", _stop),
    ("_pool.dismiss_dead", _change_rate),
    ("_pool.sentinels", _change_rate),
    ("_pool.take", _stop_and_begin_another),
    ("_pool.take_back", _stop),
    ("_pool.warm_one", _kill),
    ("_turns.assign", _change_rate),
    ("_thread._wait", _change_rate),
]


@pytest.mark.parametrize("part", range(4))
def test_an_exception_anywhere_ends_one_run_at_most_and_the_next_one_trains(
    supervisor: Supervisor, log: Log, part: int
) -> None:
    for number, (place, disturb) in enumerate(_DISTURBED[part::4]):
        run_id, following = f"{number}-{place}", f"{number}-next"
        supervisor.start(run_id, recipe(10**6))
        log.wait_for_step(run_id, 1)
        *parts, name = place.split(".")
        owner = reduce(getattr, parts, supervisor)
        broken = _Breaks(owner, name, RuntimeError("swordfish at /data/secret/place"))
        disturb(supervisor, run_id)
        wait_until(lambda broken=broken: broken.left == 0, f"{place} was not called")  # type: ignore[misc]
        _stop(supervisor, run_id)
        log.wait_for_end(run_id)
        supervisor.start(following, recipe(1))
        assert log.wait_for_end(following)["kind"] == "run_finished", place
        ends = [event for event in log.of(run_id) if event.kind in ("run_stopped", "run_failed")]
        assert len(ends) == 1, place
        assert "secret" not in ends[0].body
        setattr(owner, name, broken._call)
    assert supervisor.trouble is None


def test_a_run_that_the_server_cannot_go_on_with_says_so(log: Log, cache_folder: Path) -> None:
    with supervising(log, cache_folder) as running:
        running.start("a", recipe(10**6))
        log.wait_for_step("a", 5)
        _Breaks(log, "record", OSError(errno.EIO, "Input/output error"))
        failed = log.wait_for_end("a")
        assert (failed["kind"], failed["code"]) == ("run_failed", "server_error")
        assert "could not go on with this run: OSError: Input/output error" in failed["message"]
        assert failed["step"] >= 5


def test_how_a_run_ended_is_said_again_until_it_is_on_record(
    log: Log, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.workers.last_words._AGAIN_AFTER_SECONDS", 0.05)
    with supervising(log, cache_folder) as running:
        running.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
        _Breaks(log, "record", RuntimeError("no"), times=3)
        assert log.wait_for_end("a")["code"] == "server_error"


def test_a_run_whose_record_cannot_be_read_fails_and_the_next_one_trains(
    log: Log, cache_folder: Path
) -> None:
    def damaged(_run_id: str) -> Past:
        raise ValueError("row 7 isn't JSON")

    log.past = damaged  # type: ignore[method-assign, assignment]
    with supervising(log, cache_folder) as running:
        log.training_status = lambda _run_id: "running"  # type: ignore[method-assign, assignment]
        running.resume("a", recipe(5), 3, 1.0).result(PATIENCE_SECONDS)
        running.start("b", recipe(2))
        assert log.wait_for_end("b")["kind"] == "run_finished"
        failed = json.loads(log.of("a")[-1].body)
        assert (failed["kind"], failed["step"]) == ("run_failed", 3)
        assert "row 7 isn't JSON" in failed["message"]
        _Breaks(log, "training_status", ValueError("row 8 isn't JSON"))
        asked = running.resume("c", recipe(5), 3, 1.0)
        assert isinstance(asked.exception(PATIENCE_SECONDS), ValueError)
        assert "row 8" in log.wait_for_end("c")["message"]


class _NoProcess:
    def __init__(self, *_arguments: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")


def test_runs_wait_for_a_while_when_no_process_can_be_started(
    log: Log, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as scarce:
        scarce.setattr(pool, "WorkerProcess", _NoProcess)
        running = Supervisor(archive=log, runs_at_once=1, cache_folder=cache_folder)
        running.open()
        running.start("a", recipe(2))
        running.start("b", recipe(2))
        wait_until(lambda: running._turns._no_process_since is not None, "nothing was tried")
        assert "no process can be started" in str(running.trouble)
    try:
        for run_id in ("a", "b"):
            assert log.wait_for_end(run_id)["kind"] == "run_finished"
    finally:
        running.close(5)


def test_a_run_for_which_no_process_can_be_started_fails_alone(
    log: Log, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as scarce:
        scarce.setattr(pool, "WorkerProcess", _NoProcess)
        scarce.setattr(turns, "_PROCESS_AWAITED_SECONDS", 0.0)
        running = Supervisor(archive=log, runs_at_once=1, cache_folder=cache_folder)
        running.open()
        running.start("a", recipe(2))
        assert "Cannot allocate memory" in log.wait_for_end("a")["message"]
    try:
        running.start("b", recipe(2))
        assert log.wait_for_end("b")["kind"] == "run_finished"
    finally:
        running.close(5)


def test_a_thread_that_ended_or_hangs_is_trouble_and_an_idle_one_is_not(
    log: Log, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    goes_on.set()

    def has_room() -> bool:
        return goes_on.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(supervisor_thread, "_HEARTBEAT_SECONDS", 0.01)
    with supervising(log, cache_folder, has_room=has_room) as running:
        beating = running._thread.heartbeat
        before = beating.beat_at
        wait_until(lambda: beating.beat_at > before, "an idle supervisor has no heartbeat")
        assert running.trouble is None
        monkeypatch.setattr(heartbeat, "SILENT_SECONDS", 0.2)
        goes_on.clear()
        wait_until(lambda: running.trouble is not None, "nobody noticed that it hangs")
        assert "did nothing for" in str(running.trouble)
        goes_on.set()
        wait_until(lambda: running.trouble is None, "it goes on, and nobody noticed")
    assert "has ended" in str(running.trouble)
