"""Queues of numbers that threads or forked processes take from, each number by one of them."""

import os
import weakref
from collections import deque
from collections.abc import Iterable
from typing import Protocol


class Queue(Protocol):
    """Numbers below 256, each of which one of those who ask gets."""

    def put(self, numbers: Iterable[int]) -> None:
        """Add them."""

    def take(self) -> int | None:
        """Return the next; None if there is none."""


class ThreadQueue:
    """For threads of one process."""

    def __init__(self) -> None:
        self._numbers: deque[int] = deque()

    def put(self, numbers: Iterable[int]) -> None:
        """Add them."""
        self._numbers.extend(numbers)

    def take(self) -> int | None:
        """Return the next; None if there is none."""
        try:
            return self._numbers.popleft()
        except IndexError:
            return None


class PipeQueue:
    """For this process and those forked from it: a pipe, of which each byte is read by one.

    Unlike a lock it can't be left closed by a process that was killed.

    Attributes:
        reader: its end to read from, which forked processes keep open.
    """

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()
        os.set_blocking(self.reader, False)
        for end in (self.reader, self._writer):
            weakref.finalize(self, os.close, end).atexit = False

    def put(self, numbers: Iterable[int]) -> None:
        """Add them."""
        os.write(self._writer, bytes(numbers))

    def take(self) -> int | None:
        """Return the next; None if there is none, or whoever puts them is gone."""
        try:
            return next(iter(os.read(self.reader, 1)), None)
        except BlockingIOError:
            return None
