"""In which order the training images come."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


class BatchOrder(Iterator[NDArray[np.int64]]):
    """Index arrays of shape (batch,), without end: a new permutation every epoch.

    The remainder that doesn't fill a batch is dropped, so every batch has the same size.
    """

    def __init__(self, generator: np.random.Generator, size: int, batch_size: int) -> None:
        if batch_size > size:
            raise ValueError(f"a batch of {batch_size} needs more than the {size} images there are")
        self._generator = generator
        self._drawn_from = generator.bit_generator.state
        self._size = size
        self._batch_size = batch_size
        self._permutation = np.empty(0, np.int64)
        self._next = 0

    def __next__(self) -> NDArray[np.int64]:
        if self._next + self._batch_size > len(self._permutation):
            self._drawn_from = self._generator.bit_generator.state
            self._permutation = self._generator.permutation(self._size)
            self._next = 0
        start = self._next
        self._next += self._batch_size
        return self._permutation[start : self._next]

    def skip(self, count: int) -> None:
        """Leaves out so many batches from the first on, drawing what they would have drawn."""
        each = self._size // self._batch_size
        for _ in range((count - 1) // each):
            self._generator.permutation(self._size)
        for _ in range((count - 1) % each + 1 if count else 0):
            next(self)

    def state(self) -> dict[str, Any]:
        """Says where it is, as JSON has it: what its permutation was drawn from, and what comes
        next.
        """
        return {"generator": self._drawn_from, "next": self._next if len(self._permutation) else -1}

    def load_state(self, state: dict[str, Any]) -> None:
        """Goes on from a `state()` by drawing the same permutation again."""
        self._drawn_from = self._generator.bit_generator.state = state["generator"]
        self._permutation, self._next = np.empty(0, np.int64), 0
        if state["next"] >= 0:
            self._permutation = self._generator.permutation(self._size)
            self._next = state["next"]
