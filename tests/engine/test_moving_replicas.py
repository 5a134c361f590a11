"""Replicas that move from core to core, that may not, and that are killed for trying."""

import os
import platform
import sys
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import ParallelPlan, own_core
from app.engine.shared import shared_zeros
from tests.engine.system_calls import REFUSED, SETS_AFFINITY, answer_calls
from tests.engine.test_parallel import Trained, parts, replicas_of
from tests.processes import children_of

another_core = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="there is no other core"
)
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone"),
    pytest.mark.usefixtures("every_batch_is_shared"),
]


def _have_all_meet(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(own_core, "_current_core", lambda: taken)
    monkeypatch.setattr(own_core, "_is_a_core_idle", lambda: True)


def _second_by_second() -> Callable[[], float]:
    """A clock by which somebody moves at every task."""
    ticks = iter(range(10**6))
    return lambda: float(next(ticks))


@another_core
@pytest.mark.parametrize("replicas", [2, 3])
def test_replicas_that_move_compute_the_same_and_are_left_all_their_cores(
    monkeypatch: pytest.MonkeyPatch, replicas: int
) -> None:
    alone = Trained(ParallelPlan(1))
    _have_all_meet(monkeypatch, min(os.sched_getaffinity(0)))
    moves, move = shared_zeros((1,), np.int64), os.sched_setaffinity

    def move_and_count(pid: int, cores: Iterable[int]) -> None:
        move(pid, cores)
        moves[0] += 1

    monkeypatch.setattr(os, "sched_setaffinity", move_and_count)
    before = set(children_of(os.getpid()))
    trained = Trained(ParallelPlan(replicas, clock=_second_by_second(), forks=True))
    started = set(children_of(os.getpid())) - before
    assert len(started) == replicas - 1
    assert {frozenset(os.sched_getaffinity(pid)) for pid in started} == {
        frozenset(os.sched_getaffinity(0))
    }
    assert moves[0] > 2
    assert trained.bytes == alone.bytes
    assert trained.losses == alone.losses


@pytest.mark.parametrize("shared", [True, False])
def test_working_alone_is_not_tried_before_working_together_was_measured_on_two_cores(
    monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    monkeypatch.setattr(own_core, "_current_core", lambda: 0 if shared else os.getpid())
    monkeypatch.setattr(own_core, "_is_a_core_idle", lambda: False)
    ticks = iter(range(10**6))
    plan = ParallelPlan(2, clock=lambda: 1e-4 * next(ticks), forks=True)
    replicas, shards = replicas_of(plan, lambda: None, lambda: None)
    where = set()
    for _ in range(9):
        replicas.learn(parts(2))
        where.add(int(shards[1].result[0]))
    assert (os.getpid() in where) is not shared


@pytest.mark.parametrize(("given", "wanted"), [({2, 3, 7}, [{3, 7}, {2, 3, 7}]), ({2}, [])])
def test_replicas_that_move_stay_within_the_cores_that_their_worker_was_given(
    monkeypatch: pytest.MonkeyPatch, given: set[int], wanted: list[set[int]]
) -> None:
    alone = Trained(ParallelPlan(1))
    _have_all_meet(monkeypatch, 2)
    asked = shared_zeros((1 << 8,), np.bool_)  # for each set of cores whether some process did

    def note(_pid: int, cores: Iterable[int]) -> None:
        asked[_mask(cores)] = True

    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(given))
    monkeypatch.setattr(os, "sched_setaffinity", note)
    trained = Trained(ParallelPlan(3, clock=_second_by_second(), forks=True))
    assert asked.nonzero()[0].tolist() == [_mask(cores) for cores in wanted]
    assert (trained.bytes, trained.losses) == (alone.bytes, alone.losses)


def _mask(cores: Iterable[int]) -> int:
    return sum(1 << core for core in cores)


@pytest.mark.parametrize("count", [1, 2])
def test_replicas_that_have_no_part_of_a_batch_are_on_no_core(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(own_core, "_is_a_core_idle", lambda: False)
    monkeypatch.setattr(own_core, "_current_core", os.getpid)
    replicas, _ = replicas_of(ParallelPlan(3, forks=True), *[lambda: None] * 3)
    noted = replicas._cores._cores  # type: ignore[union-attr]
    replicas.learn(parts(3))
    assert len(set(noted)) == 3
    replicas.learn(parts(count))
    assert list(noted[count:]) == [-1] * (3 - count)


@another_core
@pytest.mark.skipif(platform.machine() not in SETS_AFFINITY, reason="another number of the call")
@pytest.mark.parametrize("answer", REFUSED)
def test_where_moving_is_refused_or_fatal_only_speed_is_lost(
    monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    alone = Trained(ParallelPlan(1))
    _have_all_meet(monkeypatch, min(os.sched_getaffinity(0)))
    ours, its = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=_train_confined, args=(its, REFUSED[answer]))
    process.start()
    its.close()
    code, trained, replicas = ours.recv()
    process.join()
    assert code == 0, "no filter here"
    assert trained == (alone.bytes, alone.losses)
    assert replicas == (1 if answer == "refused" else 0)


def _train_confined(pipe: Any, answer: int) -> None:
    """Train where moving a process is answered so; tell what came out, and who is left."""
    code = answer_calls(SETS_AFFINITY[platform.machine()], answer)
    trained = Trained(ParallelPlan(2, clock=_second_by_second(), forks=True))
    states = [_state(pid) for pid in children_of(os.getpid())]
    pipe.send((code, (trained.bytes, trained.losses), len([s for s in states if s != "Z"])))


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
