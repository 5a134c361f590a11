"""The largest figures that were seen at any time."""

import threading
from collections.abc import Callable

_LOOK_SECONDS = 0.1


class Peak:
    """Looks ten times a second until the block is left.

    Attributes:
        most: the largest of each figure that `look` gave.
    """

    def __init__(self, look: Callable[[], tuple[int, ...]]) -> None:
        self.most = look()
        self._look = look
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._enough.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._enough.wait(_LOOK_SECONDS):
            self.most = tuple(map(max, self.most, self._look()))
