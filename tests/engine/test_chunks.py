"""Chunks of images are answered to by whoever is free, each once, whatever happens to anybody."""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.engine import ParallelPlan
from app.engine.chunks import Chunks
from app.engine.parallel import DataParallel
from app.engine.queues import PipeQueue, Queue, ThreadQueue
from app.engine.shared import shared_zeros
from tests.engine.test_parallel import replicas_of

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")
FORKED = ParallelPlan(2, forks=True)
HERE = os.getpid() % 2**16


def asked(replicas: DataParallel, images: np.ndarray) -> tuple[list[int], Counter[int]]:
    """The sums that were answered, and how many answers each process gave."""
    logits = np.zeros((len(images), 2), np.float32)
    replicas.predict(images, logits)
    return logits[:, 0].astype(int).tolist(), Counter(logits[:, 1].astype(int).tolist())


def numbered(count: int) -> np.ndarray:
    images = shared_zeros((count, 1, 1, 1), np.float32)
    images[:, 0, 0, 0] = np.arange(count)
    return images


def wait_until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(1e-4)


@pytest.mark.parametrize(
    "plan", [ParallelPlan(2), ParallelPlan(3), pytest.param(FORKED, marks=only_linux)]
)
@pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 300])
def test_each_image_is_answered_to_once_and_in_its_place(plan: ParallelPlan, count: int) -> None:
    replicas, _ = replicas_of(plan, *[lambda: None] * 3)
    sums, _ = asked(replicas, numbered(count))
    assert sums == list(range(count))


@only_linux
def test_who_is_slower_answers_fewer() -> None:
    count, done = 40, shared_zeros((2,), np.int64)

    def answer() -> None:
        is_slow = os.getpid() % 2**16 != HERE
        done[int(is_slow)] += 1
        wait_until(lambda: done[0] == count - 1 if is_slow else done[1])

    replicas, _ = replicas_of(FORKED, answer, answer)
    sums, givers = asked(replicas, numbered(count))
    assert sums == list(range(count))
    assert givers[HERE] == count - 1
    assert len(givers) == 2


@only_linux
def test_what_a_process_took_that_was_killed_is_answered_to_here() -> None:
    begun = shared_zeros((1,), np.int64)

    def answer() -> None:
        if os.getpid() % 2**16 != HERE:
            begun[0] = 1
            os.kill(os.getpid(), signal.SIGKILL)
        wait_until(lambda: begun[0])

    replicas, _ = replicas_of(FORKED, answer, answer)
    for _ in range(2):
        sums, givers = asked(replicas, numbered(20))
        assert sums == list(range(20))
        assert set(givers) == {HERE}


@pytest.mark.parametrize("plan", [ParallelPlan(2), pytest.param(FORKED, marks=only_linux)])
def test_an_error_reaches_the_caller_and_leaves_nothing_for_the_next_deal(
    plan: ParallelPlan,
) -> None:
    failing = [True]

    def fail() -> None:
        if failing:
            raise ZeroDivisionError

    replicas, _ = replicas_of(plan, fail, fail)
    images = numbered(50)
    with pytest.raises(ZeroDivisionError):
        asked(replicas, images)
    failing.clear()
    assert asked(replicas, images[:7])[0] == list(range(7))


@only_linux
@pytest.mark.parametrize("elsewhere", [np.copy, lambda images: images.astype(np.float64)])
def test_images_that_a_process_does_not_see_are_answered_to_here(
    elsewhere: Callable[[np.ndarray], np.ndarray],
) -> None:
    replicas, _ = replicas_of(FORKED, lambda: None, lambda: None)
    early = numbered(40)
    asked(replicas, early)
    for images in (elsewhere(early), numbered(40)):
        sums, givers = asked(replicas, images)
        assert sums == list(range(40))
        assert set(givers) == {HERE}


@pytest.mark.parametrize("count", [0, 5, 191, 192, 193, 10_000])
def test_deals_are_of_whole_chunks_and_about_one_size(count: int) -> None:
    deals = list(Chunks(3, (1, 1, 1), (2,), np.float32).deals(count))
    assert [part for deal in deals for part in range(deal.start, deal.stop)] == list(
        range(count // 3 * 3)
    )
    sizes = {(deal.stop - deal.start) / 3 for deal in deals}
    assert all(size == int(size) for size in sizes)
    assert not sizes or max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("make", [ThreadQueue, pytest.param(PipeQueue, marks=only_linux)])
def test_a_queue_gives_each_number_once_and_none_when_it_is_empty(
    make: Callable[[], Queue],
) -> None:
    queue = make()
    assert queue.take() is None
    queue.put(range(3))
    assert [queue.take() for _ in range(4)] == [0, 1, 2, None]


@only_linux
def test_a_network_that_is_gone_leaves_no_descriptor_open() -> None:
    folder = Path("/proc/self/fd")
    before = len(list(folder.iterdir()))
    replicas, _ = replicas_of(FORKED, lambda: None, lambda: None)
    asked(replicas, numbered(9))
    assert len(list(folder.iterdir())) > before
    del replicas
    assert len(list(folder.iterdir())) == before
