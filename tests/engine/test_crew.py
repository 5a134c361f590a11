"""Threads change when a result comes, never what it is."""

import threading

import numpy as np
import pytest

from app.engine import SGD, Conv2D, Dense, Dropout, Flatten, MaxPool2D, Network, shard
from app.engine.crew import Crew, Pace


@pytest.fixture(autouse=True)
def every_batch_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones too, which stay whole otherwise."""
    monkeypatch.setattr(shard, "_WORTH_SHARING", 0)


def trained(threads: int, clock: object = None) -> bytes:
    random = np.random.default_rng(0)
    images = random.standard_normal((9, 12, 12, 2)).astype(np.float32)
    labels = random.integers(0, 4, 9)
    layers = [
        Conv2D(6, 3, activation="relu"),
        MaxPool2D(),
        Dropout(0.3),
        Flatten(),
        Dense(4),
    ]
    network = Network(layers, (12, 12, 2), random, 9, threads=threads, clock=clock)  # type: ignore[arg-type]
    optimizer = SGD(0.1, momentum=0.9)
    optimizer.bind(network)
    for _ in range(12):
        network.loss_and_gradients(images, labels, random)
        optimizer.update()
    weights = b"".join(array.tobytes() for array in network.weights().values())
    return weights + network.predict(images).tobytes()


@pytest.mark.parametrize("threads", [2, 3])
def test_bytes_do_not_depend_on_the_number_of_threads(threads: int) -> None:
    assert trained(threads) == trained(1)


def test_bytes_do_not_depend_on_the_clock() -> None:
    ticks = iter(np.random.default_rng(0).uniform(0, 1, 1000))
    assert trained(2, lambda: next(ticks)) == trained(2)


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert Crew(3).run("", [lambda n=n: n for n in range(7)]) == list(range(7))  # type: ignore[misc]


def test_tasks_do_run_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=10)
    assert sorted(Crew(2).run("", [meeting.wait, meeting.wait])) == [0, 1]


def test_an_error_in_a_thread_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        Crew(2).run("", [lambda: 1.0, lambda: 1 / 0])


class Worked:
    """A pace, and how long (seconds) work takes in each way."""

    def __init__(self, alone: float, side_by_side: float) -> None:
        self.seconds = {False: alone, True: side_by_side}
        self.now = 0.0
        self._pace = Pace(lambda: self.now)

    def ways(self, runs: int) -> list[bool]:
        """For each of so many runs, whether it was done side by side."""
        return [self._pace.timed(self._work) for _ in range(runs)]

    def _work(self, side_by_side: bool) -> bool:
        self.now += self.seconds[side_by_side]
        return side_by_side


@pytest.mark.parametrize("faster", [True, False])
def test_the_faster_way_is_kept_to(faster: bool) -> None:
    worked = Worked(*((0.02, 0.01) if faster else (0.01, 0.02)))
    assert set(worked.ways(6)) == {True, False}
    assert set(worked.ways(60)) == {faster}


def test_trials_of_the_slower_way_cost_a_twentieth_at_most_and_ever_less() -> None:
    worked = Worked(alone=0.010, side_by_side=0.007)
    for most in (0.06, 0.02, 0.005):
        ways = worked.ways(1000)
        assert ways.count(False) * 0.003 <= most * 1000 * 0.007


def test_neighbours_that_come_and_go_are_noticed_within_seconds() -> None:
    worked = Worked(alone=0.010, side_by_side=0.007)
    worked.ways(10_000)
    worked.seconds[True] = 0.030
    before = worked.now
    while set(worked.ways(20)) != {False}:
        assert worked.now < before + 15
    worked.seconds[True] = 0.007
    before = worked.now
    while set(worked.ways(20)) != {True}:
        assert worked.now < before + 15


def test_batches_of_little_work_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert shard.share_out(64, 80_000) == [64]
    assert shard.share_out(64, 600_000) == [32, 32]
    assert shard.share_out(129, 80_000) == [43, 43, 43]
    assert shard.share_out(1, 10**9) == [1]
