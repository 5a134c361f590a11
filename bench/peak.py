"""The largest figures that were seen at any time."""

from collections.abc import Callable

from bench.meanwhile import UntilLeft

_LOOK_SECONDS = 0.1


class Peak(UntilLeft):
    """Looks ten times a second until the block is left.

    Attributes:
        most: the largest of each figure that `look` gave.
    """

    def __init__(self, look: Callable[[], tuple[int, ...]]) -> None:
        self.most = look()
        self._look = look
        super().__init__()

    def _run(self) -> None:
        while not self._leaving.wait(_LOOK_SECONDS):
            self.most = tuple(map(max, self.most, self._look()))
