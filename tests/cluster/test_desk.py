"""What becomes of leases whose tasks return, break or vanish; the scheduler obeys the test."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from app.cluster import desk as desk_module
from app.cluster.desk import Desk
from app.cluster.knocking import Unreachable
from app.cluster.notices import (
    ClusterState,
    Notice,
    Release,
    Submit,
    TaskLost,
    TaskPlaced,
    Where,
)

LEASE = "0" * 32
WHERE = Where("tcp://here:8786", "http://there:8000", "secret")


class _Future:
    def __init__(self, key: str) -> None:
        self.key = key
        self.status = "pending"
        self.returned: dict[str, str] = {}
        self.problem: Exception | None = None
        self.is_released = False

    def result(self) -> dict[str, str]:
        return self.returned

    def exception(self) -> Exception | None:
        return self.problem

    def release(self) -> None:
        self.is_released = True

    def returns(self, outcome: str, words: str = "") -> None:
        self.status, self.returned = "finished", {"outcome": outcome, "words": words}

    def breaks(self, problem: Exception) -> None:
        self.status, self.problem = "error", problem


class _Client:
    def __init__(self) -> None:
        self.status = "running"
        self.submitted: list[tuple[Any, ...]] = []
        self.futures: list[_Future] = []
        self.workers = {"tcp://a:1": 2, "tcp://b:1": 3}
        self.versions: dict[str, str] = {}  # of workers that speak another one
        self.given: dict[str, list[str]] = {}  # to each worker, its tasks

    def submit(self, _function: Any, *arguments: Any, key: str, pure: bool) -> _Future:
        assert not pure
        self.submitted.append(arguments)
        self.futures.append(_Future(key))
        return self.futures[-1]

    def nthreads(self) -> dict[str, int]:
        return dict(self.workers)

    def get_versions(self) -> dict[str, Any]:
        versions = {name: self.versions.get(name, "2") for name in self.workers}
        told = {
            name: {"packages": {"distributed": version}}
            for name, version in {"client": "2", "scheduler": "2", **versions}.items()
        }
        return {
            "client": told.pop("client"),
            "scheduler": told.pop("scheduler"),
            "workers": told,
        }

    def processing(self) -> dict[str, list[str]]:
        return self.given

    def close(self, timeout: float) -> None:
        self.status = "closed"


class _Room:
    """A desk, the clients it got, what it told, and its clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.clients: list[_Client] = []
        self.told: list[Notice] = []
        self.why_not: str | None = None
        monkeypatch.setattr(desk_module, "reached", self._reached)
        monkeypatch.setattr(desk_module, "time", SimpleNamespace(monotonic=lambda: self.now))
        self.desk = Desk(WHERE, self.told.append)

    def turn(self, seconds: float = 0.0) -> None:
        self.now += seconds
        self.desk.turn()

    @property
    def futures(self) -> list[_Future]:
        return self.clients[-1].futures

    def _reached(self, address: str) -> _Client:
        assert address == WHERE.scheduler
        if self.why_not is not None:
            raise Unreachable(self.why_not)
        self.clients.append(_Client())
        return self.clients[-1]


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> _Room:
    room = _Room(monkeypatch)
    room.desk.hear(Submit(LEASE))
    room.turn()
    room.turn()
    return room


def test_a_lease_becomes_a_task_that_knows_where_the_server_is(room: _Room) -> None:
    assert room.clients[0].submitted == [("http://there:8000", "secret", LEASE)]
    assert room.told[-1] == ClusterState(2, 5)


def test_a_lease_that_is_released_lets_its_task_go(room: _Room) -> None:
    room.desk.hear(Release(LEASE))
    assert room.futures[0].is_released
    room.turn(60)
    assert len(room.futures) == 1


def test_a_worker_of_another_version_is_named_whenever_it_comes(room: _Room) -> None:
    room.clients[0].versions["tcp://c:1"] = "1"
    room.turn(2)
    room.clients[0].workers["tcp://c:1"] = 1
    room.turn(2)
    words = "Workers of the cluster speak another Dask than this server (2): tcp://c:1 (1)"
    said = f"{words}. Install the same version everywhere."
    assert room.told[-1] == ClusterState(trouble=said)


def test_which_worker_has_a_task_is_told_as_it_changes(room: _Room) -> None:
    [key] = [future.key for future in room.futures]
    for given in ({"tcp://a:1": [key]}, {"tcp://a:1": [], "tcp://b:1": ["another", key]}, {}):
        room.clients[0].given = given
        room.turn(2)
        room.turn(2)
    placed = [told.worker for told in room.told if isinstance(told, TaskPlaced)]
    assert placed == ["tcp://a:1", "tcp://b:1", None]


def test_of_a_scheduler_that_is_gone_no_worker_has_a_task(room: _Room) -> None:
    room.clients[0].given = {"tcp://a:1": [room.futures[0].key]}
    room.turn(2)
    room.clients[0].status = "closed"
    room.turn(2)
    assert TaskPlaced(LEASE, None) in room.told


def test_a_task_that_vanished_is_submitted_again(room: _Room) -> None:
    room.futures[0].status = "cancelled"
    room.turn(1)
    assert len(room.futures) == 2


def test_a_task_that_was_shut_out_though_its_lease_holds_is_submitted_again_after_a_moment(
    room: _Room,
) -> None:
    room.futures[0].returns("over")
    room.turn()
    assert len(room.futures) == 1
    room.turn(2)
    assert len(room.futures) == 2


def test_where_the_workers_cant_train_nothing_is_given_out_for_a_while_and_it_is_said(
    room: _Room,
) -> None:
    room.futures[0].returns("unfit", "They are of another version.")
    room.turn(1)
    assert room.told[-1] == ClusterState(2, 5, "They are of another version.")
    assert len(room.futures) == 1
    room.turn(40)
    room.turn(1)
    assert room.told[-1] == ClusterState(2, 5)
    assert len(room.futures) == 2


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda future: future.returns("died", "was killed by signal 9"), "was killed by signal 9"),
        (lambda future: future.breaks(RuntimeError("odd")), "broke with RuntimeError: odd"),
    ],
)
def test_a_task_that_died_is_lost(room: _Room, end: Callable[[_Future], None], words: str) -> None:
    end(room.futures[0])
    room.turn(1)
    assert TaskLost(LEASE, words) in room.told
    room.turn(60)
    assert len(room.futures) == 1


def test_workers_without_filterscope_fail_no_run(room: _Room) -> None:
    room.futures[0].breaks(ModuleNotFoundError("No module named 'filterscope'"))
    room.turn(1)
    [state] = [one for one in room.told if isinstance(one, ClusterState) and one.trouble]
    assert "lack Filterscope" in (state.trouble or "")
    assert not any(isinstance(one, TaskLost) for one in room.told)


def test_a_scheduler_that_goes_away_is_said_and_its_tasks_are_submitted_to_the_next(
    room: _Room,
) -> None:
    room.clients[0].status = "connecting"
    room.why_not = "It is away."
    room.turn(1)
    assert room.told[-1] == ClusterState(trouble="The scheduler at tcp://here:8786 is gone.")
    room.turn(10)
    assert room.told[-1] == ClusterState(trouble="It is away.")
    room.why_not = None
    room.turn(10)
    room.turn(1)
    assert room.clients[1].submitted == [("http://there:8000", "secret", LEASE)]
    assert room.told[-1] == ClusterState(2, 5)
