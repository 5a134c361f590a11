"""In which order the training images come."""

from collections.abc import Iterator

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
        self._size = size
        self._batch_size = batch_size
        self._permutation = np.empty(0, np.int64)
        self._next = 0

    def __next__(self) -> NDArray[np.int64]:
        if self._next + self._batch_size > len(self._permutation):
            self._permutation = self._generator.permutation(self._size)
            self._next = 0
        start = self._next
        self._next += self._batch_size
        return self._permutation[start : self._next]
