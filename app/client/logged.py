"""Numbers as scripts have them: floats, arrays without axes, tensors of any library."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .saying import say, sendable_text

Number = float | Callable[[], float] | None

_PLAIN = (float, int, bool)


def number_in(value: Any) -> Number:
    """Gives the number that `value` holds now, or what gives it later without anybody waiting.

    A tensor on a GPU is copied behind the work that makes it, so the number is of now even if
    the tensor is overwritten; who calls what comes back waits for it. None if there is no number.
    """
    if isinstance(value, _PLAIN):
        return float(value)
    library = type(value).__module__.partition(".")[0]
    if library == "torch":
        return _in_tensor(value)
    if library in ("jax", "jaxlib", "tensorflow"):  # they work ahead, and their arrays never change
        return lambda: _as_float(value)
    if library == "cupy":
        copy = value.copy()
        return lambda: _as_float(copy.get())
    return _as_float(value)


def on_the_wire(number: float) -> float | str:
    """Writes a number as a packet's header may hold it.

    >>> on_the_wire(float("-inf")), on_the_wire(0.5)
    ('-inf', 0.5)
    """
    return number if math.isfinite(number) else str(number)


def _in_tensor(tensor: Any) -> Number:
    kept = tensor.detach()
    if kept.numel() != 1:
        return None
    if kept.device.type == "cpu":
        return float(kept)
    if kept.device.type == "cuda":
        from .torch_copies import copied

        copy = copied(kept.reshape(()), ())
        return lambda: float(copy() if callable(copy) else copy)
    copy = kept.clone()
    return lambda: float(copy)


def _as_float(value: Any) -> float:
    """Reads a number; NaN where there turns out to be none, as of an array that is deleted."""
    if getattr(value, "size", 1) == 1 and hasattr(value, "reshape"):
        import numpy as np

        return float(np.asarray(value).reshape(()))
    return float(value)


class Reader:
    """Reads what a script logs, and says once of each name that there is no number in it."""

    def __init__(self) -> None:
        self._unreadable: set[str] = set()

    def number(self, name: str, value: Any) -> Number:
        """Gives the number in `value`, now or later; None if there is none."""
        if value is None:
            return None
        try:
            number = number_in(value)
        except Exception:  # of a type that has no number in it
            number = None
        if number is None and name not in self._unreadable:
            self._unreadable.add(name)
            say(f"there is no single number in {name}: {sendable_text(repr(value), 60)}")
        return number
