"""Reports of a cluster's tasks as they travel to the server."""

import math
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ..events import EncodedEvent, Event, StoredArray
from ..external.packets import Packet, encode_packet
from ..numerics import Numerics
from ..workers.messages import Report
from .wire import padded

LARGEST_REPORT_BYTES = 512 * 1024**2  # twice the state of training of the largest network
PIECE_BYTES = 4 * 1024**2  # of a report, in one request
_FLOAT_BYTES = 4
_EVENT: TypeAdapter[Event] = TypeAdapter(Event, config=ConfigDict(defer_build=True))


class WireBroken(ValueError):
    """Says why something isn't what a task sends, as what follows "The report"."""


class _ReportHeader(NamedTuple):
    events: list[tuple[str, int, int, list[tuple[str, list[int]]]]]
    training_seconds: float
    is_paused: bool
    is_over: bool
    answers: int | None
    crash: str | None
    peak_memory_bytes: int
    numerics: Numerics | None
    checkpoint: int | None


_HEADER: TypeAdapter[_ReportHeader] = TypeAdapter(
    _ReportHeader, config=ConfigDict(defer_build=True)
)


def report_packet(report: Report) -> bytes:
    """Packs a report: behind its header each event, with its arrays, then the checkpoint.

    Raises:
        ValueError: it is too large.
    """
    events, pieces = [], []
    for event in report.events:
        body = event.body.encode()
        arrays = [[array.name, array.shape] for array in event.arrays]
        events.append([event.kind, event.step, len(body), arrays])
        pieces += [padded(body), *(array.data for array in event.arrays)]
    checkpoint = report.checkpoint
    if checkpoint is not None:
        pieces.append(padded(checkpoint))
    header = {
        "events": events,
        "training_seconds": report.training_seconds,
        "is_paused": report.is_paused,
        "is_over": report.is_over,
        "answers": report.answers,
        "crash": report.crash,
        "peak_memory_bytes": report.peak_memory_bytes,
        "numerics": report.numerics.model_dump() if report.numerics else None,
        "checkpoint": None if checkpoint is None else len(checkpoint),
    }
    return b"".join(encode_packet(header, pieces, LARGEST_REPORT_BYTES))


def report_in(packet: Packet, run_id: str) -> Report:
    """Reads a report of a run. Raises WireBroken where it isn't one."""
    header = _header_in(packet.header)
    blob = _Blob(packet.blob)
    events = [_event_in(blob, *told) for told in header.events]
    checkpoint = None if header.checkpoint is None else blob.take(header.checkpoint, "a checkpoint")
    if not blob.is_empty:
        raise WireBroken("has bytes that belong to nothing")
    fields = header._asdict() | {"events": events, "checkpoint": checkpoint}
    return Report(run_id, **fields)


def _header_in(told: dict[str, Any]) -> _ReportHeader:
    try:
        header = _HEADER.validate_python(told)
    except ValidationError as why:
        first = why.errors(include_url=False)[0]
        raise WireBroken(f"has no such {first['loc'][:1]}: {first['msg']}") from None
    if not (math.isfinite(header.training_seconds) and header.training_seconds >= 0):
        raise WireBroken("has no length of time")
    return header


class _Blob:
    """What follows the header, taken from its beginning on."""

    def __init__(self, blob: memoryview) -> None:
        self._left = blob

    @property
    def is_empty(self) -> bool:
        return not self._left

    def take(self, length: int, what: str) -> bytes:
        """Takes so many bytes, and those that fill up the last number. Raises WireBroken."""
        if not 0 <= length <= len(self._left):
            raise WireBroken(f"lacks bytes of {what[:60]}")
        data = bytes(self._left[:length])
        self._left = self._left[length + -length % _FLOAT_BYTES :]
        return data


def _event_in(
    blob: _Blob, kind: str, step: int, length: int, shapes: list[tuple[str, list[int]]]
) -> EncodedEvent:
    """Reads an event, and sees to it that viewers get nothing that is none."""
    body = blob.take(length, "an event")
    arrays = []
    for name, shape in shapes:
        if min(shape, default=1) < 1:
            raise WireBroken(f"has no such shape of {name[:60]}")
        data = blob.take(_FLOAT_BYTES * math.prod(shape), name)
        arrays.append(StoredArray(name, tuple(shape), data))
    try:
        known = _EVENT.validate_json(body).kind
    except ValidationError as why:
        raise WireBroken(f"tells what is no event: {why.errors()[0]['msg']}") from None
    if known != kind or step < 0:
        raise WireBroken("tells an event under another name")
    return EncodedEvent(kind, step, body.decode(), tuple(arrays))
