"""After how many steps weights were kept, where a file says so in words that are in use."""

from collections.abc import Mapping
from typing import Final

from ..external.described import StepUnit

_UPDATES: Final = ("global_step", "step", "steps", "iteration", "iter", "num_updates", "ss_steps")
_EPOCHS: Final = ("epoch", "epochs", "ss_epoch")
_MOST: Final = 2**53


def step_in(told: Mapping[object, object] | Mapping[str, str]) -> tuple[int | None, StepUnit]:
    """Returns how far training had come, and in what; updates before epochs.

    Args:
        told: what a file says of itself, as numbers or as text.
    """
    said = {key: value for key, value in told.items() if isinstance(key, str)}
    for name in _UPDATES:
        if (count := _count(said.get(name))) is not None:
            return count, "update"
    for name in _EPOCHS:
        if (count := _count(said.get(name))) is not None:
            return count, "epoch"
    return None, "update"


def _count(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value <= _MOST else None
