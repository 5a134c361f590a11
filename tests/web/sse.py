"""Reads server-sent events as a browser does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx

from app.events import ALIVE
from tests.web.scripted import ScriptedServer


class Received(NamedTuple):
    seq: int
    kind: str
    data: dict[str, Any]


def events_in(lines: Iterator[str]) -> Iterator[Received]:
    """The events of a stream; signs of life and the like are passed over."""
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields and fields["event"] != ALIVE:
            seq = int(fields.get("id", 0))  # a `reset` has none
            yield Received(seq, fields["event"], json.loads(fields["data"]))
            fields = {}
        else:
            fields = {}


@contextmanager
def watching(
    scripted: ScriptedServer, run_id: str = "run", **request: Any
) -> Iterator[Iterator[Received]]:
    """The events of a run as they come."""
    path = f"/api/runs/{run_id}/events"
    with scripted.client() as client, client.stream("GET", path, **request) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream"
        yield events_in(answer.iter_lines())


def received(client: httpx.Client, run_id: str = "run", **request: Any) -> list[Received]:
    """All events of a run that has ended."""
    answer = client.get(f"/api/runs/{run_id}/events", **request)
    assert answer.status_code == 200
    return list(events_in(iter(answer.text.split("\n"))))
