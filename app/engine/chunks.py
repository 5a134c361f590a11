"""Chunks of images to answer to, which all who share that work take as they get on."""

from collections.abc import Callable, Iterator

import numpy as np

from ..vocabulary.layers import Shape
from .arrays import Array, DType
from .queues import PipeQueue, Queue, ThreadQueue
from .shard import Shard
from .shared import SharedPlace, Zeros, array_at, place_of

# In a deal, at most: so often all are told to begin, and wait in the end for one chunk at most.
_CHUNKS = 64


class Chunks:
    """Images and the answers to them, in chunks that whoever is free takes from a queue.

    Cores aren't equally fast, and one may be taken away for a while: whoever is slower does fewer.
    All chunks are of one size, and nothing of an answer depends on who gave it.

    Args:
        size: images of a chunk.
        output_shape: of the answer to an image.
        zeros: allocates what all who share the work see.
        forks: whether they are processes forked from this one, or threads.
    """

    def __init__(
        self,
        size: int,
        input_shape: Shape,
        output_shape: Shape,
        dtype: DType,
        zeros: Zeros = np.zeros,
        forks: bool = False,
    ) -> None:
        self.size = size
        self._input_shape = input_shape
        self._dtype = dtype
        self._answers: Array = zeros((_CHUNKS, size, *output_shape), dtype)
        self._is_answered = zeros((_CHUNKS,), np.bool_)
        self._dealt = zeros((3,), np.int64)  # block, offset, images
        self.queue: Queue = PipeQueue() if forks else ThreadQueue()

    def deals(self, images: int) -> Iterator[slice]:
        """Cut whole chunks of so many images into deals of about one size."""
        chunks = images // self.size
        count = -(-chunks // _CHUNKS)
        for number in range(count):
            first, last = (chunks * each // count for each in (number, number + 1))
            yield slice(first * self.size, last * self.size)

    def deal(self, images: Array) -> None:
        """Put a deal where all can take its chunks from."""
        while self.queue.take() is not None:  # what an error left
            pass
        count = len(images) // self.size
        self._is_answered[:count] = False
        self._dealt[:] = *place_of(images), len(images)
        self.queue.put(range(count))

    def seen(self) -> Array:
        """Return the deal's images as a forked process sees them."""
        block, offset, images = self._dealt.tolist()
        return array_at(SharedPlace(block, offset), (images, *self._input_shape), self._dtype)

    def answer(
        self, shard: Shard, images: Array, find_core: Callable[[], object] = lambda: None
    ) -> None:
        """Take chunks and answer to them until there are none; look for a core before each."""
        while (number := self.queue.take()) is not None:
            find_core()
            self._answer_to(number, shard, images)

    def answers(self, shard: Shard, images: Array) -> Array:
        """Return the answers to a deal, once all have ended; chunks of who is gone are done now."""
        count = len(images) // self.size
        for number in np.flatnonzero(~self._is_answered[:count]):
            self._answer_to(int(number), shard, images)
        answers: Array = self._answers[:count]
        return answers.reshape(len(images), *answers.shape[2:])

    def _answer_to(self, number: int, shard: Shard, images: Array) -> None:
        start = number * self.size
        self._answers[number] = shard.predict(images[start : start + self.size])
        self._is_answered[number] = True
