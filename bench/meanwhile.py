"""What goes on beside a measurement, and ends with it."""

import contextlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self


class UntilLeft(ABC):
    """Does something in a thread of its own until the block is left."""

    def __init__(self) -> None:
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: object, _trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._thread.join()

    @abstractmethod
    def _run(self) -> None:
        """Works until `_leaving` is set."""


@contextlib.contextmanager
def meanwhile(enough: threading.Event, *looks: Callable[[], object]) -> Iterator[None]:
    """Has each look in a thread of its own until the block is left; interrupted, too, for nobody
    else ends them.
    """
    threads = [threading.Thread(target=look) for look in looks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()
