"""Reads plain numbers and words out of what an argument was given."""

import math
from typing import Any

from .draft import CannotBe
from .values import Applied, Unsaid


def whole(value: Any) -> int:
    """Returns a whole number of at least 1; CannotBe otherwise."""
    value = only_one(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise CannotBe(f"{shown(value)} isn't a whole number of at least 1")
    return value


def fraction(value: Any) -> float:
    """Returns a number; CannotBe otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CannotBe(f"{shown(value)} isn't a number")
    return float(value)


def shown(value: Any) -> str:
    """Writes a value as the text had it."""
    match value:
        case Unsaid(words=words):
            return words
        case Applied(name=name):
            return f"{name}(…)"
    return repr(value)[:60]


def word(value: Any) -> str | None:
    """Returns the word of `"relu"`, `relu`, `nn.relu` or `ReLU()`, in small letters."""
    match value:
        case str() as said:
            return said.lower()
        case Unsaid(words=said) | Applied(name=said):
            return said.lower()
    return None


def only_one(value: Any) -> Any:
    """Returns the one number of a square pair, or of a list of one."""
    is_square = isinstance(value, tuple) and len(value) in (1, 2) and len(set(value)) == 1
    return value[0] if is_square else value
