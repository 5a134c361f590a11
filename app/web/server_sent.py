"""Events as bytes on the wire, and what a viewer that lags behind is sent instead of all."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..events import StoredArray, wire_data
from ..store import LoggedEvent


class ServerSentEvent(NamedTuple):
    """One server-sent event, encoded once for all viewers."""

    seq: int
    kind: str
    data: bytes


# Carries no id, so that a viewer's cursor is what the next event makes it.
RESET = ServerSentEvent(0, "reset", b"event: reset\ndata: {}\n\n")


def encode_frame(seq: int, kind: str, body: str, kernel: StoredArray | None) -> ServerSentEvent:
    """The event of that `seq` as `text/event-stream` has it."""
    text = f"id: {seq}\nevent: {kind}\ndata: {wire_data(body, kernel)}\n\n"
    return ServerSentEvent(seq, kind, text.encode())


def frame_of(event: LoggedEvent) -> ServerSentEvent:
    """An event of the log as a frame."""
    return encode_frame(event.seq, event.kind, event.body, event.kernel)


def condense(events: Sequence[LoggedEvent]) -> list[LoggedEvent]:
    """What someone who fell behind still needs: every number, but only the newest snapshot.

    `steps` events that then follow one another become one, under the last one's seq.
    """
    newest = max((event.seq for event in events if event.kind == "snapshot"), default=0)
    kept: list[LoggedEvent] = []
    for event in events:
        if event.kind == "snapshot" and event.seq != newest:
            continue
        if kept and event.kind == kept[-1].kind == "steps":
            kept[-1] = _merged(kept[-1], event)
        else:
            kept.append(event)
    return kept


def _merged(earlier: LoggedEvent, later: LoggedEvent) -> LoggedEvent:
    first: dict[str, Any] = json.loads(earlier.body)
    second: dict[str, Any] = json.loads(later.body)
    both = {
        name: first[name] + value if isinstance(value, list) else value
        for name, value in second.items()
    }
    return later._replace(body=json.dumps(both, separators=(",", ":")))
