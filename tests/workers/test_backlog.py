"""Runs of sweeps: they train when nobody else waits, and hold nobody up."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from app.recipe import Recipe
from app.workers.assignment import Assignment
from app.workers.backlog import Backlog
from app.workers.revival import Revival
from app.workers.roll import Roll
from app.workers.run_queue import QueuedRun
from app.workers.supervisor import NotPossible
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe, statuses, supervising


class SweptLog(Log):
    """Knows what the runs of sweeps are to train."""

    def __init__(self, recipes: dict[str, Recipe]) -> None:
        super().__init__()
        self.recipes = recipes

    def recipe_of(self, run_id: str) -> Recipe | None:
        return None if run_id == "deleted" else self.recipes[run_id]

    def begun(self) -> list[str]:
        """Which runs have begun, in that order."""
        return [run_id for run_id, event in self.events if event.kind == "run_started"]


def test_a_sweep_is_taken_in_order_and_not_while_it_is_held() -> None:
    backlog, calls = Backlog(), []
    backlog.listen(lambda: calls.append(1))
    assert (backlog.take(), bool(backlog)) == (None, False)
    backlog.add("a", ["a0", "a1", "a2"])
    backlog.add("b", ["b0"])
    assert [backlog.take(), bool(backlog)] == ["a0", True]
    backlog.hold("a")
    assert [backlog.take(), backlog.take(), bool(backlog)] == ["b0", None, False]
    backlog.release("a")
    assert backlog.remove("a1")
    assert not backlog.remove("a1")
    assert ("a1" in backlog, "a2" in backlog) == (False, True)
    assert (backlog.drop("a"), backlog.drop("a"), backlog.take()) == (["a2"], [], None)
    assert len(calls) == 3


def test_what_people_start_alone_does_not_wait_for_a_sweep(cache_folder: Path) -> None:
    log = SweptLog({"s0": recipe(10**6), "s1": recipe(3), "bad": recipe(3)})
    backlog = Backlog()
    with supervising(log, cache_folder, backlog=backlog) as supervisor:
        backlog.add("sweep", ["s0", "deleted", "unreadable", "s1"])
        log.wait_for_step("s0", 1)
        supervisor.start("alone", recipe(3))
        assert log.wait_for_end("alone")["kind"] == "run_finished"
        assert log.begun() == ["s0", "alone"]
        supervisor.command("s0", status="stopped").result(PATIENCE_SECONDS)
        assert log.wait_for_end("s1")["kind"] == "run_finished"
        assert log.wait_for_end("unreadable")["kind"] == "run_failed"
        assert log.of("deleted") == []


def test_one_that_waits_in_a_sweep_can_be_stopped_but_not_paused(cache_folder: Path) -> None:
    log = SweptLog({"s0": recipe(3), "s1": recipe(3)})
    backlog = Backlog()
    with supervising(log, cache_folder, backlog=backlog) as supervisor:
        backlog.hold("sweep")
        backlog.add("sweep", ["s0", "s1"])
        with pytest.raises(NotPossible, match="waits for its turn"):
            supervisor.command("s0", status="paused").result(PATIENCE_SECONDS)
        supervisor.command("s0", status="stopped").result(PATIENCE_SECONDS)
        backlog.release("sweep")
        log.wait_for_end("s1")
        assert [event.kind for event in log.of("s0")] == ["run_stopped"]


def test_one_whose_worker_is_killed_goes_on_from_where_it_was(cache_folder: Path) -> None:
    log = SweptLog({"s0": recipe(400), "s1": recipe(3)})
    backlog = Backlog()
    with supervising(log, cache_folder, backlog=backlog) as supervisor:
        backlog.add("sweep", ["s0", "s1"])
        log.wait_for_step("s0", 5)
        os.kill(supervisor.worker_of("s0"), signal.SIGKILL)
        assert log.wait_for_end("s0")["kind"] == "run_finished"
        assert log.wait_for_end("s1")["kind"] == "run_finished"
    assert statuses(log, "s0") == [("queued", "worker_died"), ("running", "restart")]
    told = [event.step for event in log.of("s0") if event.kind == "snapshot"]
    assert told == sorted(set(told))


def test_one_that_kills_its_worker_again_and_again_fails() -> None:
    log, roll, lined_up = SweptLog({}), Roll(), list[QueuedRun]()
    revival = Revival(log, roll, lambda call: call(), lined_up.append, _never)
    roll.enter(QueuedRun("s0", recipe(9), of_sweep=True))

    def dies(step: int, **told: Any) -> bool:
        return revival.goes_on(Assignment("s0", None, step, of_sweep=True, **told))  # type: ignore[arg-type]

    assert [dies(step) for step in (4, 4, 4, 4)] == [True, True, True, False]
    assert [dies(step) for step in (5, 5)] == [True, True]
    assert [(one.step, one.is_resumed) for one in lined_up[-2:]] == [(5, True)] * 2
    assert not dies(6, stop_asked_at=1.0)
    assert "s0" not in revival
    roll.leave("s0")
    assert not dies(7)


def _never(_queued: QueuedRun, problem: BaseException) -> None:
    raise AssertionError(problem)
