"""Memory that forked processes see together, and images that are read where they lie in it."""

import gc
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.engine import ParallelPlan
from app.engine.chunks import Chunks
from app.engine.forked_replica import ForkedReplica
from app.engine.shared import NOWHERE, array_at, newest_block, place_of, shared_zeros
from tests.engine.test_network import small_network
from tests.engine.test_parallel import RecordingShard

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")


def numbered(shape: tuple[int, ...] = (6, 1, 1, 1)) -> np.ndarray:
    images = shared_zeros(shape, np.float32)
    images[...] = np.arange(images.size).reshape(shape)
    return images


@pytest.mark.parametrize(
    "part",
    [
        lambda images: images,
        lambda images: images[2:4],
        lambda images: images[2:4].reshape(1, 2, 4),
        lambda images: images[5],
    ],
    ids=["all", "some", "reshaped", "one"],
)
def test_an_array_is_found_again_by_its_place(part: Callable[[Any], Any]) -> None:
    array = part(numbered((6, 2, 2, 1)))
    np.testing.assert_array_equal(array_at(place_of(array), array.shape, array.dtype), array)
    assert np.shares_memory(array_at(place_of(array), array.shape, array.dtype), array)


def test_what_is_not_in_one_piece_of_such_memory_has_no_place() -> None:
    images = numbered((6, 2, 2, 1))
    for array in (images[:, 1], images[::2], images.copy(), np.zeros(3), images[2:4] + 1):
        assert place_of(array) == NOWHERE


def test_memory_that_is_let_go_is_forgotten() -> None:
    images, newest = numbered(), newest_block()
    place = place_of(images)
    del images
    gc.collect()
    with pytest.raises(KeyError):
        array_at(place, (6, 1, 1, 1), np.float32)
    assert place_of(numbered()).block > newest


def summed(replica: ForkedReplica, shard: RecordingShard, image: np.ndarray) -> int:
    """Has the replica add up an image in its process."""
    replica.begin_learning([(image, np.zeros(1, np.int64))])
    replica.end()
    return int(shard.result[1])


@pytest.fixture
def shard() -> RecordingShard:
    return RecordingShard(lambda: None)


@pytest.fixture
def replica(shard: RecordingShard) -> ForkedReplica:
    chunks = Chunks(1, (1, 1, 1), (2,), np.float32, shared_zeros, forks=True)
    return ForkedReplica([shard], chunks, lambda: None)  # type: ignore[list-item]


def was_copied(replica: ForkedReplica) -> bool:
    images, _ = replica._buffers[0]
    return bool(images.any())


@only_linux
def test_images_are_read_where_both_see_them(shard: RecordingShard, replica: ForkedReplica) -> None:
    images = numbered()
    assert summed(replica, shard, images[3:4]) == 3
    images[4] = 44  # by this process, after the other began
    assert summed(replica, shard, images[4:5]) == 44
    assert not was_copied(replica)


@only_linux
def test_images_that_the_process_has_not_are_copied(
    shard: RecordingShard, replica: ForkedReplica
) -> None:
    before, wide = numbered(), shared_zeros((1, 1, 1, 1), np.float64)
    wide[...] = 7
    assert summed(replica, shard, before[1:2]) == 1
    assert summed(replica, shard, wide) == 7
    del before
    gc.collect()
    later = numbered() + 10
    for after in (numbered(), later):
        assert summed(replica, shard, after[5:6]) == after[5, 0, 0, 0]
        assert was_copied(replica)
    assert summed(replica, shard, numbered((6, 1, 1, 2))[4:5, :, :, 1]) == 9


@only_linux
def test_a_network_answers_alike_wherever_its_images_lie(every_batch_is_shared: None) -> None:
    plan = ParallelPlan(2, forks=True)
    images = plan.zeros((20, 9, 8, 2), np.float32)
    images[...] = np.random.default_rng(1).standard_normal(images.shape)
    network = small_network(plan=plan)
    answers = network.predict(images)
    np.testing.assert_array_equal(answers, network.predict(images.copy()))
    labels = np.zeros(6, np.int64)
    assert network.loss_and_gradients(images[3:9], labels) == network.loss_and_gradients(
        images[3:9].copy(), labels
    )
