"""What is on record of a run, for whoever trains it on or trains it again."""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from .events import EncodedEvent, Status, StoredArray
from .external.described import Continues
from .numerics import Numerics

CHECKPOINT_MAGIC = b"filterscope checkpoint 1"
_SERVER_STATES = {"queued", "stalled", "stopping", "interrupted"}
_TRAINING_FAILURES = {"diverged"}


class RecordedEvent(NamedTuple):
    """An event of the log; `arrays` are name, shape and SHA-256 of each array beside it."""

    seq: int
    kind: str
    step: int
    body: str
    arrays: tuple[tuple[str, tuple[int, ...], bytes], ...] = ()


class Handover(NamedTuple):
    """What a run begins with that goes on from another one's end.

    `state` is the state of training there, as a checkpoint holds it; where it goes on with the
    weights alone, as `packed_weights` has them.
    """

    continues: Continues
    state: bytes

    @property
    def start_rate(self) -> float | None:
        """What the learning rate was set to by then; None where that is the recipe's."""
        first = self.state.index(b"\n") + 1
        values = json.loads(self.state[first : self.state.index(b"\n", first)])["values"]
        rate: float | None = values["start_rate"]
        return rate


def packed_weights(step: int, start_rate: float | None, arrays: Iterable[StoredArray]) -> bytes:
    """Packs weights, in the form of a checkpoint, without the arithmetic that reads them.

    Args:
        step: after how many updates they were so.
        start_rate: what somebody set the learning rate to by then; None leaves the recipe's.
        arrays: all of the network's, float32.
    """
    arrays = list(arrays)
    layout = [[array.name, "<f4", array.shape] for array in arrays]
    header = {"values": {"step": step, "start_rate": start_rate}, "arrays": layout}
    parts = [CHECKPOINT_MAGIC, b"\n", json.dumps(header).encode(), b"\n"]
    return b"".join([*parts, *(array.data for array in arrays)])


class Past(NamedTuple):
    """A run that isn't over, as it is on record.

    `kept` is all that training told. `checkpoint` is a state of training, if there is one, and
    `checkpoint_seq` the seq of the last event that was on record when it was taken. `numerics` is
    what computed it last, None where nobody noted that, and `numerics_seq` the seq of the last
    event that says that this changed, 0 if there is none.
    """

    step: int
    training_seconds: float
    kept: list[RecordedEvent]
    checkpoint: bytes | None = None
    checkpoint_seq: int = 0
    numerics: Numerics | None = None
    numerics_seq: int = 0

    def is_bound(self, numerics: Numerics) -> bool:
        """Tells whether what computes `numerics` must tell again, to the byte, all that came after
        the checkpoint.
        """
        return not self.kept or (
            self.numerics is not None
            and numerics.rounding == self.numerics.rounding
            and self.numerics_seq <= self.checkpoint_seq
        )


def as_recorded(event: EncodedEvent, seq: int) -> RecordedEvent:
    """Says how the log would keep `event`."""
    arrays = tuple(
        (array.name, array.shape, hashlib.sha256(array.data).digest()) for array in event.arrays
    )
    return RecordedEvent(seq, event.kind, event.step, event.body, arrays)


def is_from_training(event: RecordedEvent) -> bool:
    """Tells whether it follows from recipe, commands and step; else the server told it of
    itself.
    """
    if event.kind == "numerics_changed":
        return False
    if event.kind == "status_changed":
        body = json.loads(event.body)
        return body["status"] not in _SERVER_STATES and "cause" not in body
    if event.kind == "run_failed":
        return json.loads(event.body)["code"] in _TRAINING_FAILURES
    return True


def status_after(events: Iterable[RecordedEvent]) -> Status:
    """Gives what training is after `events`, in order: `running`, `paused`, or `queued` before
    it.
    """
    status: Status = "queued"
    for event in filter(is_from_training, events):
        if event.kind == "run_started":
            status = "running"
        elif event.kind == "status_changed":
            status = json.loads(event.body)["status"]
    return status
