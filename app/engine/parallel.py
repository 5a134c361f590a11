"""Data parallelism: replicas work on one batch at the same time, each on shards of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import numpy as np

from .arrays import Array
from .chunks import Chunks
from .forked_replica import ForkedReplica
from .own_core import OwnCores
from .plan import ParallelPlan
from .replica import Batch, Replica, ThreadReplica, learn
from .shard import Shard
from .trial import Trial

Task = Callable[[], object]


class DataParallel:
    """Has replicas share the work; the caller is the first of those who do.

    Of a batch that is learnt from each takes every n-th shard, with n of them. Images to answer to
    are taken in chunks, by whoever is free.
    """

    def __init__(self, shards: Sequence[Shard], plan: ParallelPlan) -> None:
        size = min(len(shards), plan.size)
        self._shards = shards
        self._chunks = _chunks_for(shards[0], plan, forks=plan.forks and size > 1)
        self._cores = OwnCores(size, plan.clock) if plan.forks else None
        self._others = [self._replica(number, shards[number::size]) for number in range(1, size)]
        self._learning, self._answering = (plan.clock and Trial(plan.clock) for _ in range(2))

    def learn(self, parts: Sequence[Batch]) -> None:
        """Have the first shards, one for each part, learn from it."""
        alone = partial(learn, self._shards, parts)
        if self._others and len(parts) > 1:
            together = partial(self._learn_together, parts)
            self._choose(self._learning, alone, together, len(parts))
        else:
            self._work_alone(alone)

    def predict(self, images: Array, logits: Array) -> None:
        """Answer to any number of images: fill their logits (images, classes)."""
        whole = len(images) // self._chunks.size * self._chunks.size
        for deal in self._chunks.deals(whole):
            dealt = images[deal], logits[deal]
            alone = partial(self._answer_alone, *dealt)
            if self._others and all(other.sees(images[deal]) for other in self._others):
                together = partial(self._answer_together, *dealt)
                self._choose(self._answering, alone, together, len(self._others) + 1)
            else:
                self._work_alone(alone)
        if whole < len(images):
            self._answer_alone(images[whole:], logits[whole:])

    def _replica(self, number: int, shards: Sequence[Shard]) -> Replica:
        if self._cores is None:
            return ThreadReplica(shards, self._chunks)
        return ForkedReplica(shards, self._chunks, partial(self._cores.keep_apart, number))

    def _choose(self, trial: Trial | None, alone: Task, together: Task, workers: int) -> None:
        """Do it together, or as a trial says; so many take part where it is together."""
        if trial is None:
            together()
        else:
            trial.run(partial(self._either_way, alone, together, workers))

    def _either_way(self, alone: Task, together: Task, workers: int, in_parallel: bool) -> bool:
        """Do it; tells whether each had a core to itself, as far as one can see."""
        if not in_parallel:
            self._work_alone(alone)
            return True
        if self._cores is None:
            together()
            return True
        meetings = self._cores.meetings
        together()
        self._cores.note(0)
        return meetings == self._cores.meetings and not self._cores.meet(workers)

    def _work_alone(self, work: Task) -> None:
        if self._cores:
            self._cores.forget(1)
        work()

    def _answer_alone(self, images: Array, logits: Array) -> None:
        size = self._chunks.size
        for start in range(0, len(images), size):
            chunk = _filled_up(images[start : start + size], size)
            some = logits[start : start + size]
            some[...] = self._shards[0].predict(chunk)[: len(some)]

    def _learn_together(self, parts: Sequence[Batch]) -> None:
        size = len(self._others) + 1
        with self._beside_others(len(parts)):
            for number, replica in enumerate(self._others, 1):
                replica.begin_learning(parts[number::size])
            learn(self._shards[::size], parts[::size])

    def _answer_together(self, images: Array, logits: Array) -> None:
        with self._beside_others(len(self._others) + 1):
            self._chunks.deal(images)
            for replica in self._others:
                replica.begin_answering(images)
            self._chunks.answer(self._shards[0], images, self._note)
        logits[...] = self._chunks.answers(self._shards[0], images)

    @contextmanager
    def _beside_others(self, workers: int) -> Iterator[None]:
        """Work while they do, so many together; they have ended after it."""
        self._note()
        if self._cores:
            self._cores.forget(workers)
        try:
            yield
        finally:
            for replica in self._others:
                replica.end()

    def _note(self) -> None:
        if self._cores:
            self._cores.note(0)


def _chunks_for(shard: Shard, plan: ParallelPlan, forks: bool) -> Chunks:
    shapes = shard.input_shape, shard.output_shape
    return Chunks(shard.named, *shapes, shard.dtype, plan.zeros, forks)


def _filled_up(images: Array, count: int) -> Array:
    """Fill the images up with black ones if they are fewer than `count`."""
    if len(images) == count:
        return images
    black = np.zeros((count - len(images), *images.shape[1:]), images.dtype)
    return np.concatenate([images, black])
