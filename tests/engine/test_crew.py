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
    assert Crew(3).run([lambda n=n: n for n in range(7)]) == list(range(7))  # type: ignore[misc]


def test_tasks_do_run_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=10)
    assert sorted(Crew(2).run([meeting.wait, meeting.wait])) == [0, 1]


def test_an_error_in_a_thread_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        Crew(2).run([lambda: 1.0, lambda: 1 / 0])


@pytest.mark.parametrize("faster", [True, False])
def test_the_faster_way_is_kept_to(faster: bool) -> None:
    now = 0.0

    def work(side_by_side: bool) -> bool:
        nonlocal now
        now += 1.0 if side_by_side == faster else 2.0
        return side_by_side

    pace = Pace(lambda: now)
    ways = [pace.timed(work) for _ in range(60)]
    assert set(ways[:6]) == {True, False}
    assert set(ways[6:]) == {faster}


def test_batches_of_little_work_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert shard.share_out(64, 80_000) == [64]
    assert shard.share_out(64, 600_000) == [32, 32]
    assert shard.share_out(129, 80_000) == [43, 43, 43]
    assert shard.share_out(1, 10**9) == [1]
