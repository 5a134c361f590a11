"""Packets made of what waited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..external.packets import encode_packet
from .entries import Entry, WaitingSnapshot
from .logged import known, on_the_wire
from .rows import LoggedRows
from .waiting import Waiting
from .watched_network import Taken

MOST_BYTES = 2**20
_MOST_ENTRIES = 64


class OutgoingBatch(NamedTuple):
    """A packet ready to be sent, again and again if need be.

    Attributes:
        first: number of its first item in the run; the first of all is 1.
        items: how many it holds.
    """

    first: int
    items: int
    packet: bytes


def next_batch(waiting: Waiting, first: int, attempt: int) -> OutgoingBatch | None:
    """Makes a batch of what waits longest; None if nothing does."""
    while entries := waiting.take(MOST_BYTES, _MOST_ENTRIES):
        items, arrays, lost = _encoded(entries)
        waiting.left_out += lost
        if items:
            return batch_of(items, arrays, first, attempt, waiting.left_out)
    return None


def batch_of(
    items: list[dict[str, Any]], arrays: Iterable[bytes], first: int, attempt: int, left_out: int
) -> OutgoingBatch:
    """Makes a batch of items; one without any is a sign of life."""
    header = {"items": items, "left_out": left_out, "first": first, "attempt": attempt}
    return OutgoingBatch(first, len(items), b"".join(encode_packet(header, arrays)))


def _encoded(entries: list[Entry]) -> tuple[list[dict[str, Any]], list[bytes], int]:
    items: list[dict[str, Any]] = []
    arrays: list[bytes] = []
    lost = 0
    for entry in entries:
        if isinstance(entry, LoggedRows):
            items.append(entry.as_item())
        elif isinstance(entry, WaitingSnapshot):
            found = [(taken, data) for taken in entry.arrays if (data := _bytes_of(taken))]
            if not found:
                lost += 1
                continue
            told = [[taken.layer, taken.name, list(taken.shape)] for taken, _ in found]
            items.append({"kind": "snapshot", "step": entry.step, "arrays": told})
            arrays += [data for _, data in found]
        else:
            items.append({name: _on_the_wire(value) for name, value in entry.items()})
    return items, arrays, lost


def _on_the_wire(value: Any) -> Any:
    """Gives what an item says as JSON can hold it, and waits for a number that is known late."""
    value = known(value) if callable(value) else value
    return on_the_wire(value) if isinstance(value, float) else value


def _bytes_of(taken: Taken) -> bytes | None:
    """Waits for an array and gives it as it is sent; None if it's gone."""
    import numpy as np

    try:
        found = taken.array() if callable(taken.array) else taken.array
        array = np.asarray(found, dtype="<f4", order="C")
    except Exception:  # its library says why, and all that can be done is to go on without it
        return None
    return array.tobytes() if array.shape == tuple(taken.shape) else None
