"""Real worker processes, a log in memory: who trains, who waits, who died, and what is said."""

import json
import os
import signal
from pathlib import Path

import pytest

from app.workers.supervisor import NotPossible, Supervisor
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe


def test_a_run_is_trained_to_its_end_in_order(supervisor: Supervisor, log: Log) -> None:
    supervisor.start("a", recipe(5))
    assert log.wait_for_end("a") == {"kind": "run_finished", "step": 5}
    steps = [event.step for event in log.of("a")]
    assert steps == sorted(steps)
    assert [event.kind for event in log.of("a")][:2] == ["run_started", "snapshot"]


def test_a_second_run_waits_until_the_first_is_over(supervisor: Supervisor, log: Log) -> None:
    supervisor.start("a", recipe(30))
    supervisor.start("b", recipe(3))
    log.wait_for_end("b")
    owners = [run_id for run_id, _ in log.events]
    assert owners == sorted(owners)


def test_a_run_that_waits_can_be_stopped_but_not_paused(supervisor: Supervisor, log: Log) -> None:
    supervisor.start("a", recipe(10**6))
    supervisor.start("b", recipe(3))
    log.wait_for_step("a", 1)
    with pytest.raises(NotPossible, match="waits for its turn"):
        supervisor.command("b", status="paused").result(PATIENCE_SECONDS)
    supervisor.command("b", status="stopped").result(PATIENCE_SECONDS)
    assert [event.kind for event in log.of("b")] == ["run_stopped"]


def test_pause_step_and_resume_are_on_record_when_they_are_answered(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("a", recipe(10**6))
    log.wait_for_step("a", 1)
    supervisor.command("a", status="paused").result(PATIENCE_SECONDS)
    paused_at = log.of("a")[-1].step
    assert json.loads(log.of("a")[-1].body)["status"] == "paused"
    supervisor.command("a", advance=2).result(PATIENCE_SECONDS)
    log.wait_for(
        lambda: sum(event.kind == "status_changed" for event in log.of("a")) == 3,
    )
    assert json.loads(log.of("a")[-1].body) == {
        "kind": "status_changed",
        "step": paused_at + 2,
        "status": "paused",
    }
    supervisor.command("a", status="running").result(PATIENCE_SECONDS)
    log.wait_for_step("a", paused_at + 10)
    supervisor.command("a", status="stopped").result(PATIENCE_SECONDS)
    assert log.of("a")[-1].kind == "run_stopped"


def test_a_paused_run_gives_up_its_turn(supervisor: Supervisor, log: Log) -> None:
    supervisor.start("a", recipe(10**6))
    log.wait_for_step("a", 1)
    supervisor.command("a", status="paused").result(PATIENCE_SECONDS)
    supervisor.start("b", recipe(3))
    assert log.wait_for_end("b")["kind"] == "run_finished"


def test_a_new_learning_rate_is_told_with_its_step(supervisor: Supervisor, log: Log) -> None:
    supervisor.start("a", recipe(10**6))
    supervisor.command("a", learning_rate=0.001).result(PATIENCE_SECONDS)
    changed = next(event for event in log.of("a") if event.kind == "learning_rate_changed")
    assert json.loads(changed.body)["learning_rate"] == 0.001


def test_a_command_after_the_end_says_that_the_run_has_ended(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("a", recipe(2))
    log.wait_for_end("a")
    for instruction in ({"status": "paused"}, {"advance": 1}, {"learning_rate": 0.1}):
        with pytest.raises(NotPossible, match="has ended"):
            supervisor.command("a", **instruction).result(PATIENCE_SECONDS)


def test_commands_that_cross_the_end_of_their_run_leave_the_worker_fit_for_the_next(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("a", recipe(10**6))
    log.wait_for_step("a", 1)
    asked = [supervisor.command("a", status="stopped")]
    asked += [supervisor.command("a", status="paused") for _ in range(50)]
    assert log.wait_for_end("a")["kind"] == "run_stopped"
    for answer in asked[1:]:
        with pytest.raises(NotPossible, match="has ended"):
            answer.result(PATIENCE_SECONDS)
    for run_id in ("b", "c"):
        supervisor.start(run_id, recipe(2))
        assert log.wait_for_end(run_id)["kind"] == "run_finished"


def test_a_killed_worker_fails_its_run_and_the_next_run_trains(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("a", recipe(10**6))
    log.wait_for_step("a", 5)
    os.kill(supervisor.worker_of("a"), signal.SIGKILL)
    failed = log.wait_for_end("a")
    assert (failed["kind"], failed["code"]) == ("run_failed", "worker_died")
    assert "was killed" in failed["message"]
    assert failed["step"] >= 5
    supervisor.start("b", recipe(2))
    assert log.wait_for_end("b")["kind"] == "run_finished"


def test_a_run_that_raises_fails_with_the_reason_and_its_worker_trains_the_next(
    supervisor: Supervisor, log: Log
) -> None:
    impossible = recipe(2).model_copy(update={"batch_size": 20_000})
    supervisor.start("a", impossible)
    failed = log.wait_for_end("a")
    assert failed["code"] == "worker_error"
    assert "a batch of 20000 needs more" in failed["message"]
    supervisor.start("b", recipe(2))
    assert log.wait_for_end("b")["kind"] == "run_finished"


def test_a_run_whose_events_can_not_be_kept_ends_instead_of_going_on_with_a_gap(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("a", recipe(10**6))
    log.wait_for_step("a", 5)
    log.failures = 1
    failed = log.wait_for_end("a")
    assert (failed["kind"], failed["code"]) == ("run_failed", "not_recorded")
    assert "is kept" in failed["advice"]


def test_closing_leaves_live_runs_as_interrupted_and_no_process_behind(
    log: Log, cache_folder: Path
) -> None:
    supervisor = Supervisor(archive=log, runs_at_once=1, cache_folder=cache_folder)
    supervisor.open()
    supervisor.start("a", recipe(10**6))
    supervisor.start("b", recipe(10**6))
    log.wait_for_step("a", 1)
    worker = supervisor.worker_of("a")
    supervisor.close(5)
    for run_id in ("a", "b"):
        assert json.loads(log.of(run_id)[-1].body)["status"] == "interrupted"
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
