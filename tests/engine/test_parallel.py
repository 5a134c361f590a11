"""Parallel work changes when a result comes, never what it is."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.engine import SGD, Network, ParallelPlan, forked_process, shard
from app.engine.parallel import DataParallel
from app.engine.shared import shared_zeros
from app.engine.trial import Trial
from app.vocabulary.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D
from tests.processes import children_of, wait_until_gone

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")
WAYS = [
    ParallelPlan(2),
    ParallelPlan(3),
    pytest.param(ParallelPlan(2, forks=True), marks=only_linux),
    pytest.param(ParallelPlan(3, forks=True), marks=only_linux),
]


pytestmark = pytest.mark.usefixtures("every_batch_is_shared")


class Trained:
    """A network that has learnt for some steps, and has answered more images than a batch has."""

    def __init__(
        self, plan: ParallelPlan, after: Callable[["Trained"], None] | None = None
    ) -> None:
        random = np.random.default_rng(0)
        images = random.standard_normal((10, 12, 12, 2)).astype(np.float32)
        labels = random.integers(0, 4, 10)
        many = plan.zeros((67, 12, 12, 2), np.float32)
        many[...] = np.concatenate([*[images] * 6, images[:7]])
        layers = [
            Conv2D(6, 3, activation="relu"),
            MaxPool2D(),
            Dropout(0.3),
            Flatten(),
            Dense(4),
        ]
        self.network = Network(layers, (12, 12, 2), random, 10, plan=plan)
        optimizer = SGD(0.1, momentum=0.9)
        optimizer.bind(self.network)
        self.losses = []
        for step in range(12):
            if after and step == 6:
                after(self)
            self.losses.append(self.network.loss_and_gradients(images, labels, random))
            optimizer.update()
        weights = b"".join(array.tobytes() for array in self.network.weights().values())
        self.bytes = weights + self.network.predict(many).tobytes()


@pytest.fixture
def alone() -> Trained:
    return Trained(ParallelPlan(1))


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("plan", WAYS)
def test_bytes_do_not_depend_on_who_works(alone: Trained, plan: ParallelPlan) -> None:
    trained = Trained(plan)
    assert trained.bytes == alone.bytes
    assert trained.losses == alone.losses


@pytest.mark.parametrize("plan", WAYS)
def test_bytes_do_not_depend_on_the_clock(alone: Trained, plan: ParallelPlan) -> None:
    ticks = iter(np.random.default_rng(0).uniform(0, 1, 1000))
    assert Trained(replace(plan, clock=lambda: next(ticks))).bytes == alone.bytes


@only_linux
def test_a_batch_that_stays_whole_is_shared_when_many_images_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    whole = Trained(ParallelPlan(1))
    before = children()
    shared = Trained(ParallelPlan(2, forks=True))
    assert len(children() - before) == 1
    assert shared.bytes == whole.bytes
    assert shared.losses == whole.losses


class RecordingShard:
    """In place of a shard: does what it is told, and remembers where."""

    images = named = 1
    input_shape: tuple[int, ...] = (1, 1, 1)
    output_shape, dtype = (2,), np.float32

    def __init__(self, task: Callable[[], object]) -> None:
        self._task = task
        self.result = shared_zeros((2,), np.int64)

    def learn(self, images: np.ndarray, labels: np.ndarray) -> None:
        self._task()
        self.result[:] = os.getpid(), int(images.sum())

    def predict(self, images: np.ndarray) -> np.ndarray:
        """Gives the sum of an image, and the number of the process that was asked."""
        self._task()
        return np.float32([[images.sum(), os.getpid() % 2**16]])


def replicas_of(
    plan: ParallelPlan, *tasks: Callable[[], object]
) -> tuple[DataParallel, list[RecordingShard]]:
    shards = [RecordingShard(task) for task in tasks]
    return DataParallel(shards, plan), shards  # type: ignore[arg-type]


def parts(count: int) -> list[tuple[Any, Any]]:
    labels = np.zeros(1, np.int64)
    return [(np.full((1, 1, 1, 1), number, np.float32), labels) for number in range(count)]


@pytest.mark.parametrize("plan", WAYS)
@pytest.mark.parametrize("count", [7, 4, 1])
def test_each_part_is_worked_on_by_the_shard_of_its_number(plan: ParallelPlan, count: int) -> None:
    replicas, shards = replicas_of(plan, *[lambda: None] * 7)
    replicas.learn(parts(count))
    assert [int(shard.result[1]) for shard in shards[:count]] == list(range(count))


@pytest.mark.parametrize("make", [threading.Barrier, multiprocessing.get_context("fork").Barrier])
def test_shards_are_worked_on_at_the_same_time(make: Callable[..., Any]) -> None:
    meeting = make(2, timeout=60)
    replicas, _ = replicas_of(
        ParallelPlan(2, forks=make is not threading.Barrier), meeting.wait, meeting.wait
    )
    replicas.learn(parts(2))


@pytest.mark.parametrize("plan", WAYS)
def test_an_error_reaches_the_caller_and_the_next_batch_is_worked_on(plan: ParallelPlan) -> None:
    failing = [True]

    def fail() -> None:
        if failing:
            raise ZeroDivisionError

    replicas, shards = replicas_of(plan, lambda: None, fail)
    with pytest.raises(ZeroDivisionError):
        replicas.learn(parts(2))
    failing.clear()
    replicas.learn(parts(2))
    assert int(shards[1].result[1]) == 1


def children() -> set[int]:
    return set(children_of(os.getpid()))


@only_linux
def test_a_process_that_was_killed_costs_speed_and_nothing_else(alone: Trained) -> None:
    before = children()

    def kill(trained: Trained) -> None:
        (pid,) = children() - before
        os.kill(pid, signal.SIGKILL)

    assert Trained(ParallelPlan(2, forks=True), kill).bytes == alone.bytes


@only_linux
def test_a_process_that_stands_still_is_ended_and_costs_speed_and_nothing_else(
    alone: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked_process, "_PATIENCE_MILLISECONDS", 200)
    before = children()

    def stop(_trained: Trained) -> None:
        for pid in children() - before:
            os.kill(pid, signal.SIGSTOP)

    trained = Trained(ParallelPlan(2, forks=True), after=stop)
    assert trained.bytes == alone.bytes
    assert trained.losses == alone.losses
    assert children() == before


@only_linux
def test_a_process_that_stands_still_keeps_no_network_from_ending() -> None:
    before = children()
    trained = Trained(ParallelPlan(2, forks=True))
    for pid in children() - before:
        os.kill(pid, signal.SIGSTOP)
    del trained
    assert children() == before


@only_linux
def test_processes_end_with_the_network_that_they_worked_for() -> None:
    before = children()
    trained = Trained(ParallelPlan(3, forks=True))
    assert len(children() - before) == 2
    del trained
    assert children() == before


@only_linux
def test_a_process_ends_when_the_one_it_works_for_is_killed() -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        replicas, shards = replicas_of(ParallelPlan(2, forks=True), lambda: None, lambda: None)
        replicas.learn(parts(2))
        os.write(writing, int(shards[1].result[0]).to_bytes(8, "little"))
        time.sleep(60)
        os._exit(0)
    helper = int.from_bytes(os.read(reading, 8), "little")
    assert helper != pid
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(writing)
    # The pipe's end: nobody holds it open any more, the helper least of all.
    assert os.read(reading, 1) == b""
    os.close(reading)
    wait_until_gone([helper])


class Worked:
    """A trial, and how long (seconds) work takes in each way, and more after some work alone.

    apart: whether each has a core to itself, so that its seconds say something.
    """

    def __init__(self, alone: float, in_parallel: float, waking: float = 0.0) -> None:
        self.seconds = {False: alone, True: in_parallel}
        self.now = 0.0
        self.apart = True
        self._waking = waking
        self._asleep = True
        self._trial = Trial(lambda: self.now)

    def ways(self, runs: int) -> list[bool]:
        """For each of so many runs, whether it was done in parallel."""
        return [self._trial.run(self._work) for _ in range(runs)]

    def _work(self, in_parallel: bool) -> bool:
        self.now += self.seconds[in_parallel]
        if in_parallel and self._asleep:
            self.now += self._waking
        self._asleep = not in_parallel
        return self.apart or not in_parallel


@pytest.mark.parametrize("faster", [True, False])
def test_the_faster_way_is_kept_to(faster: bool) -> None:
    worked = Worked(*((0.02, 0.01) if faster else (0.01, 0.02)))
    assert set(worked.ways(9)) == {True, False}
    assert set(worked.ways(60)) == {faster}


def test_what_it_takes_to_wake_up_once_does_not_count() -> None:
    worked = Worked(alone=0.010, in_parallel=0.009, waking=0.005)
    assert worked.ways(100).count(True) > 80


def test_trials_of_the_slower_way_cost_a_twentieth_at_most_and_ever_less() -> None:
    worked = Worked(alone=0.010, in_parallel=0.007)
    for most in (0.06, 0.02, 0.005):
        ways = worked.ways(1000)
        assert ways.count(False) * 0.003 <= most * 1000 * 0.007


def test_neighbours_that_come_and_go_are_noticed_within_seconds() -> None:
    worked = Worked(alone=0.010, in_parallel=0.007)
    worked.ways(10_000)
    worked.seconds[True] = 0.030
    before = worked.now
    while set(worked.ways(20)) != {False}:
        assert worked.now < before + 15
    worked.seconds[True] = 0.007
    before = worked.now
    while set(worked.ways(20)) != {True}:
        assert worked.now < before + 15


def test_time_on_a_shared_core_is_set_aside() -> None:
    worked = Worked(alone=0.010, in_parallel=0.020)
    worked.apart = False
    assert worked.ways(3) == [True] * 3
    worked.apart, worked.seconds[True] = True, 0.004
    assert set(worked.ways(9)) == {True, False}
    assert set(worked.ways(60)) == {True}


def test_a_core_that_stays_shared_is_how_things_are() -> None:
    worked = Worked(alone=0.010, in_parallel=0.020)
    worked.apart = False
    worked.ways(20)
    assert set(worked.ways(40)) == {False}
    assert worked.ways(1000).count(True) * 0.010 <= 0.05 * 1000 * 0.010


def test_batches_of_little_work_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert shard.shard_sizes(32, 80_000) == [32]
    assert shard.shard_sizes(64, 80_000) == [32, 32]
    assert shard.shard_sizes(64, 600_000) == [32, 32]
    assert shard.shard_sizes(129, 20_000) == [43, 43, 43]
    assert shard.shard_sizes(129, 80_000) == [43, 43, 43]
    assert shard.shard_sizes(1, 10**9) == [1]
