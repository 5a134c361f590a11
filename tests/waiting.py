"""Waiting for a condition, and not for ever."""

import time
from collections.abc import Callable


def wait_until(
    is_so: Callable[[], bool], otherwise: str = "it never came true", seconds: float = 30
) -> None:
    """Returns once `is_so()`; after `seconds` fails with the words `otherwise`."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.01)
