"""Events as bytes on the wire, and what a viewer that lags behind is sent instead of all."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from .. import events
from ..events import StoredArray, wire_data
from ..store import DatabaseUnusable, LoggedEvent
from ..stretched import thinned

_WORTH_THINNING = 500  # steps that follow one another


class ServerSentEvent(NamedTuple):
    """One server-sent event, encoded once for all viewers."""

    seq: int
    kind: str
    data: bytes


# Carries no id, so that a viewer's cursor is what the next event makes it.
RESET = ServerSentEvent(0, events.RESET, f"event: {events.RESET}\ndata: {{}}\n\n".encode())


def encode_damage(problem: DatabaseUnusable) -> bytes:
    """Encodes that nothing more can be told, for what follows can't be read; has no id either."""
    data = to_json({"message": str(problem)}).decode()
    return f"event: {events.DAMAGED}\ndata: {data}\n\n".encode()


def encode_frame(seq: int, kind: str, body: str, kernel: StoredArray | None) -> ServerSentEvent:
    """Encodes the event of that `seq` as `text/event-stream` has it."""
    text = f"id: {seq}\nevent: {kind}\ndata: {wire_data(body, kernel)}\n\n"
    return ServerSentEvent(seq, kind, text.encode())


def frame_of(event: LoggedEvent) -> ServerSentEvent:
    """Returns an event of the log as a frame."""
    return encode_frame(event.seq, event.kind, event.body, event.kernel)


class Condensed:
    """What someone who fell behind still needs: every number, but only the newest snapshot.

    `steps` events that then follow one another become one, under the last one's seq. Events are
    added in order, as many at a time as one likes; each is looked at a bounded number of times.
    """

    def __init__(self) -> None:
        self._groups: list[list[LoggedEvent]] = []  # neighbours that become one event
        self._snapshot: int | None = None  # which group the newest snapshot is

    def add(self, events: Iterable[LoggedEvent]) -> None:
        """Takes in the events that follow those already here."""
        for event in events:
            if event.kind == "snapshot":
                self._drop_snapshot()
                self._snapshot = len(self._groups)
                self._groups.append([event])
            elif self._groups and event.kind == self._groups[-1][-1].kind == "steps":
                self._groups[-1].append(event)
            else:
                self._groups.append([event])

    def events(self) -> list[LoggedEvent]:
        """Returns what is needed of all that was added."""
        return [_merged(alike) for group in self._groups for alike in _each_alike(group)]

    def _drop_snapshot(self) -> None:
        """Leaves out the newest snapshot so far, whose neighbours may now belong together."""
        if self._snapshot is None:
            return
        place = self._snapshot
        del self._groups[place]
        if 0 < place < len(self._groups):
            before, after = self._groups[place - 1 : place + 1]
            if before[-1].kind == after[-1].kind == "steps":
                before.extend(after)
                del self._groups[place]


Body = dict[str, Any]


def _each_alike(
    group: Sequence[LoggedEvent],
) -> Iterator[Sequence[tuple[LoggedEvent, Body | None]]]:
    """Yields neighbours that tell the same quantities, with their bodies: only these can be one."""
    if len(group) == 1:
        yield [(group[0], None)]
        return
    told = [(event, from_json(event.body)) for event in group]
    for _, alike in groupby(told, key=lambda one: _quantities(one[1])):
        yield list(alike)


def _quantities(body: Body) -> list[str]:
    return sorted(name for name, value in body.items() if isinstance(value, list))


def _merged(alike: Sequence[tuple[LoggedEvent, Body | None]]) -> LoggedEvent:
    """Merges events into one with the numbers of all; its other fields are the last one's."""
    if len(alike) == 1:
        return alike[0][0]
    bodies = [body or {} for _, body in alike]
    return _with_body(alike[-1][0], bodies[-1] | _joined(bodies))


def _joined(bodies: Sequence[Body]) -> dict[str, list[Any]]:
    """Returns each quantity's numbers of all, one after the other."""
    return {
        name: list(chain.from_iterable(body[name] for body in bodies))
        for name in _quantities(bodies[-1])
    }


def _with_body(event: LoggedEvent, body: Body) -> LoggedEvent:
    return event._replace(body=to_json(body).decode())


def with_thinned_steps(events: Iterable[LoggedEvent]) -> list[LoggedEvent]:
    """Thins those `steps` events that follow one another to one, with few steps for many.

    Few stay as they are: a run of hundreds of steps is told event by event.
    """
    kept: list[LoggedEvent] = []
    for kind, group in groupby(events, key=lambda event: event.kind):
        told = list(group)
        kept += told if kind != "steps" else chain.from_iterable(map(_thinned, _each_alike(told)))
    return kept


def _thinned(alike: Sequence[tuple[LoggedEvent, Body | None]]) -> list[LoggedEvent]:
    bodies = [from_json(event.body) if body is None else body for event, body in alike]
    columns = _joined(bodies)
    if len(columns["step"]) < _WORTH_THINNING:
        return [event for event, _ in alike]
    return [_with_body(alike[-1][0], bodies[-1] | thinned(columns))]
