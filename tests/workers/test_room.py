"""While there is no room for what runs tell, none trains; none is lost."""

import threading
from pathlib import Path

import pytest

from app.workers.supervisor import NotPossible
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe, statuses, supervising


def test_no_run_trains_while_there_is_no_room_and_all_go_on_when_there_is(
    log: Log, cache_folder: Path
) -> None:
    room = threading.Event()
    room.set()
    with supervising(log, cache_folder, has_room=room.is_set) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
        room.clear()
        log.wait_for(lambda: ("paused", "disk_full") in statuses(log, "a"))
        supervisor.start("b", recipe(3))
        with pytest.raises(NotPossible, match="Make room"):
            supervisor.command("a", status="running").result(PATIENCE_SECONDS)
        supervisor.command("a", learning_rate=0.02).result(PATIENCE_SECONDS)
        held_at = log.of("a")[-1].step
        assert not log.of("b")
        room.set()
        log.wait_for_step("a", held_at + 1)
        assert statuses(log, "a") == [("paused", "disk_full"), ("running", "disk_full")]
        supervisor.command("a", status="stopped").result(PATIENCE_SECONDS)
        log.wait_for_end("b")


def test_a_run_paused_while_there_was_no_room_stays_paused(log: Log, cache_folder: Path) -> None:
    room = threading.Event()
    room.set()
    with supervising(log, cache_folder, has_room=room.is_set) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
        room.clear()
        log.wait_for(lambda: ("paused", "disk_full") in statuses(log, "a"))
        supervisor.command("a", status="paused").result(PATIENCE_SECONDS)
        room.set()
        supervisor.start("b", recipe(3))
        log.wait_for_end("b")
        assert statuses(log, "a")[-1] == ("paused", None)
