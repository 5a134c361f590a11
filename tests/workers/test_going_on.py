"""Runs that a server's end interrupted go on at the next start."""

import json
from pathlib import Path

from app.events import EncodedEvent
from app.recipe import resolve
from app.training.checkpoint import unpack
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe, statuses, supervising


def test_a_run_that_was_interrupted_goes_on_after_its_last_event(
    log: Log, cache_folder: Path
) -> None:
    for _ in range(2):
        with supervising(log, cache_folder) as first:
            if not log.events:
                first.start("a", recipe(10**6))
            else:
                first.resume("a", recipe(10**6), log.of("a")[-1].step, 1.0)
            last = log.of("a")[-1].step if log.events else 0
            log.wait_for_step("a", last + 20)
    assert statuses(log, "a") == [
        ("interrupted", None),
        ("queued", "restart"),
        ("running", "restart"),
        ("interrupted", None),
    ]
    steps = [step for event in log.of("a") if event.kind == "steps" for step in bodies(event)]
    assert steps == list(range(1, len(steps) + 1))


def bodies(event: EncodedEvent) -> list[int]:
    numbers: list[int] = json.loads(event.body)["step"]
    return numbers


def test_closing_takes_a_last_checkpoint_of_every_live_run(log: Log, cache_folder: Path) -> None:
    with supervising(log, cache_folder) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 30)
    seq, checkpoint = log.checkpoints["a"]
    assert seq == len(log.of("a")) - 1, "all but the word that it was interrupted"
    assert unpack(checkpoint).values["step"] >= log.of("a")[-1].step


def test_a_paused_run_comes_back_paused_though_another_trains(log: Log, cache_folder: Path) -> None:
    with supervising(log, cache_folder) as supervisor:
        supervisor.start("a", recipe(10**6))
        supervisor.start("b", recipe(10**6))
        log.wait_for_step("a", 1)
        supervisor.command("a", status="paused").result(PATIENCE_SECONDS)
        log.wait_for_step("b", 5)
    with supervising(log, cache_folder) as supervisor:
        for run_id in ("b", "a"):
            supervisor.resume(run_id, recipe(10**6), log.of(run_id)[-1].step, 1.0)
        log.wait_for(lambda: statuses(log, "a")[-1] == ("paused", "restart"))
        step = log.of("a")[-1].step
        supervisor.command("a", advance=3).result(PATIENCE_SECONDS)
        log.wait_for(lambda: statuses(log, "a")[-1] == ("paused", None))
        assert log.of("a")[-1].step == step + 3


def test_a_run_that_is_asked_to_go_on_twice_goes_on_once(log: Log, cache_folder: Path) -> None:
    with supervising(log, cache_folder) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
    with supervising(log, cache_folder) as supervisor:
        asked = [supervisor.resume("a", recipe(10**6), 1, 1.0) for _ in range(3)]
        for answer in asked:
            answer.result(PATIENCE_SECONDS)
        log.wait_for(lambda: statuses(log, "a")[-1] == ("running", "restart"))
        assert statuses(log, "a").count(("queued", "restart")) == 1


def test_a_run_that_does_not_go_as_it_is_on_record_fails_and_says_where(
    log: Log, cache_folder: Path
) -> None:
    with supervising(log, cache_folder) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
    log.checkpoints.clear()
    other = resolve({"preset": "dead-leaves", "steps": 10**6, "seed": 1})
    with supervising(log, cache_folder) as supervisor:
        supervisor.resume("a", other, log.of("a")[-1].step, 1.0)
        failed = log.wait_for_end("a")
    assert failed["code"] == "not_reproduced"
    assert "event 1 (run_started, step 0) differs" in failed["message"]


def test_a_checkpoint_that_can_not_be_read_costs_time_and_nothing_else(
    log: Log, cache_folder: Path
) -> None:
    with supervising(log, cache_folder) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 20)
    seq, checkpoint = log.checkpoints["a"]
    log.checkpoints["a"] = (seq, checkpoint[: len(checkpoint) // 2])
    last = log.of("a")[-1].step
    with supervising(log, cache_folder) as supervisor:
        supervisor.resume("a", recipe(10**6), last, 1.0)
        log.wait_for_step("a", last + 10)
