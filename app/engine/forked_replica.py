"""A replica in a forked process, with an interpreter and its lock of its own."""

import weakref
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from .arrays import Array, Labels
from .chunks import Chunks
from .forked_process import ForkedProcess
from .queues import PipeQueue
from .replica import Batch, Replica
from .shard import Shard
from .shared import NOWHERE, SharedPlace, array_at, newest_block, place_of, shared_zeros

# What the process is asked for in place of a shard's number, which learns.
_ANSWER = 255


class ForkedReplica(Replica):
    """A process forked at its first task: a copy of this one, with an interpreter of its own.

    Both see the parameters, the shards' gradients, the chunks' answers and the buffers below; all
    other memory is each one's own. Images that lie in memory that both see are read there. Others
    are copied into a buffer to be learnt from, and aren't seen where they are to be answered to. A
    pipe carries a byte for each task there and one back; its end ends the process, however this
    one ended. Should the process end first, or stand still and so be ended, its tasks are done
    here, now and from then on: speed is lost, nothing else.

    Args:
        shards: those that it works on.
        find_core: looks for a core of its own, in the process, before each task and chunk.
    """

    def __init__(
        self, shards: Sequence[Shard], chunks: Chunks, find_core: Callable[[], None]
    ) -> None:
        self._shards = shards
        self._chunks = chunks
        self._find_core = find_core
        self._buffers = [
            (
                shared_zeros((shard.images, *shard.input_shape), shard.dtype),
                shared_zeros((shard.images,), np.int64),
            )
            for shard in shards
        ]
        # Where each shard's images lie, if not in its buffer.
        self._places = shared_zeros((len(shards), 2), np.int64)
        self._known_blocks = 0
        self._tasks: list[Callable[[], None]] = []  # what to do here if the process is gone
        self._process: ForkedProcess | None = None

    def begin_learning(self, parts: Sequence[Batch]) -> None:
        """Put the parts where the process sees them, and ask."""
        process = self._forked()
        for number, arrays in enumerate(parts):
            self._places[number] = self._seen_by_both(arrays[0])
            seen = self._part(number)
            for buffer, array in zip(seen, arrays, strict=True):
                if buffer.base is not array.base:
                    buffer[...] = array
            self._tasks.append(partial(self._shards[number].learn, *seen))
            process.ask(number)

    def begin_answering(self, images: Array) -> None:
        """Ask; what it takes and doesn't answer to is left to whoever collects the answers."""
        process = self._forked()
        self._tasks.append(lambda: None)
        process.ask(_ANSWER)

    def sees(self, images: Array) -> bool:
        """Tell whether the process has the memory that they lie in."""
        return self._seen_by_both(images) != NOWHERE

    def end(self) -> None:
        """Wait for its answers."""
        tasks, self._tasks = self._tasks, []
        for do_here in tasks:
            if self._process and not self._process.has_answered():
                do_here()

    def _forked(self) -> ForkedProcess:
        if self._process is None:
            self._known_blocks = newest_block()
            queue = self._chunks.queue
            kept = [queue.reader] if isinstance(queue, PipeQueue) else []
            self._process = ForkedProcess(self._carry_out, kept)
            weakref.finalize(self, self._process.dismiss)
        return self._process

    def _part(self, number: int) -> tuple[Array, Labels]:
        """Return what that shard is to learn from, where both see it."""
        shard, (images, labels) = self._shards[number], self._buffers[number]
        place = SharedPlace(*self._places[number].tolist())
        if place.block:
            images = array_at(place, (shard.images, *shard.input_shape), shard.dtype)
        return images, labels

    def _seen_by_both(self, images: Array) -> SharedPlace:
        """Tell where images lie that the process can read as they are, or could if it were forked
        now; NOWHERE if it can't.
        """
        place, known = place_of(images), self._known_blocks if self._process else newest_block()
        is_seen = place.block <= known and images.dtype == self._shards[0].dtype
        return place if is_seen else NOWHERE

    def _carry_out(self, task: int) -> None:
        """Do a task, in the process."""
        if task == _ANSWER:
            self._chunks.answer(self._shards[0], self._chunks.seen(), self._find_core)
        else:
            self._find_core()
            self._shards[task].learn(*self._part(task))
