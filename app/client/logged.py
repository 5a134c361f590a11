"""Numbers as scripts have them: floats, arrays without axes, tensors of any library."""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real
from typing import Any

from .saying import say, sendable_text

Number = float | Callable[[], float] | None

_READ: dict[type, Callable[[Any], Number]] = {}  # by types that were met
NEVER_CHANGING = {float, int, bool, type(None)}  # types, and NumPy's scalars once they were met


def number_in(value: Any) -> Number:
    """Gives the number that `value` holds now, or what gives it later without anybody waiting.

    A tensor on a GPU is copied behind the work that makes it, so the number is of now even if
    the tensor is overwritten; who calls what comes back waits for it. None if there is no number.
    """
    kind = type(value)
    read = _READ.get(kind)
    if read is None:
        read = _READ[kind] = _what_reads(kind)
    return read(value)


def _what_reads(kind: type) -> Callable[[Any], Number]:
    """Finds how the number in a value of that type is had."""
    if issubclass(kind, float | int):
        return float
    library = kind.__module__.partition(".")[0]
    if library == "torch":
        return _in_tensor
    if library in ("jax", "jaxlib", "tensorflow"):  # they work ahead, and their arrays never change
        return lambda value: lambda: _as_float(value)
    if library == "numpy" and issubclass(kind, Real):
        NEVER_CHANGING.add(kind)
    return _on_cupy if library == "cupy" else _as_float


def known(number: Number) -> float | None:
    """Gives a number that is there, or waits for it; None where it can't be had any more."""
    try:
        found = number() if callable(number) else number
        return None if found is None else float(found)
    except Exception:  # its array was deleted, say
        return None


def on_the_wire(number: float) -> float | str:
    """Writes a number as a packet's header may hold it.

    >>> on_the_wire(float("-inf")), on_the_wire(0.5)
    ('-inf', 0.5)
    """
    return number if math.isfinite(number) else str(number)


def _in_tensor(tensor: Any) -> Number:
    if tensor.is_cpu:  # where nobody waits; each further question costs as much as this answer
        return float(tensor.item())
    kept = tensor.detach()
    if kept.numel() != 1:
        return None
    if kept.device.type == "cuda":
        from .torch_copies import copied

        copy = copied(kept.reshape(()), ())
        return lambda: float(copy() if callable(copy) else copy)
    copy = kept.clone()
    return lambda: float(copy)


def _on_cupy(array: Any) -> Number:
    copy = array.copy()
    return lambda: _as_float(copy.get())


def _as_float(value: Any) -> float:
    """Reads a number, be it a scalar or the only entry of an array.

    Raises:
        Exception: there is none.
    """
    if hasattr(value, "item"):
        return float(value.item())
    if hasattr(value, "__array__"):
        import numpy as np

        return float(np.asarray(value).item())
    return float(value)


class ValueReader:
    """Reads what a script logs, and says once of each name that there is no number in it."""

    def __init__(self) -> None:
        self._unreadable: set[str] = set()

    def read(self, values: dict[str, Any]) -> dict[str, Number]:
        """Puts numbers in the place of values, those that may change at once, others later."""
        for name, value in values.items():
            if type(value) not in NEVER_CHANGING:
                values[name] = self.number(name, value)
        return values

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
