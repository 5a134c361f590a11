"""Following a run as it happens."""

from typing import Annotated, Literal

from fastapi import Header, Query, Response

from .openapi import TEXT
from .problems import Problem
from .replaying import LongReplay
from .routes import Routes
from .services import FoundRun, Services, Serving
from .stream import EventStream

router = Routes(tags=["runs"])

Which = Annotated[
    Literal["all", "thinned"],
    Query(description="`thinned` has few steps in place of many, with their means and `count`"),
]


@router.get(
    "/api/runs/{run_id}/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": TEXT}, "description": "The event stream."}},
)
def follow_run(
    run: FoundRun,
    services: Serving,
    after: Annotated[int, Query(ge=0, le=2**53, description="the last seq one has")] = 0,
    last_event_id: Annotated[
        str | None, Header(description="as browsers send it; goes before `after`")
    ] = None,
    steps: Which = "all",
    wait: Annotated[
        bool, Query(description="`0` ends the answer after what has happened so far")
    ] = True,
) -> Response:
    """Streams everything that happened and happens in a run, as server-sent events, until it ends.

    `id` is the event's seq, `event` its kind, `data` its JSON.

    ```sh
    curl --no-buffer --max-time 60 http://127.0.0.1:8000/api/runs/latest/events
    ```
    """
    seq = after if last_event_id is None else _seq(last_event_id)
    if seq > run.last_seq:
        message = f"This run has {run.last_seq} events so far, so none after {seq}."
        raise Problem(422, "invalid", message, field="after", limit=run.last_seq)
    check_room(services)
    thins = steps == "thinned"
    replay = LongReplay(services, run.id) if thins else None
    return EventStream(services.hub, services.store, run.id, seq, replay=replay, waits=wait)


def check_room(services: Services) -> None:
    """Raises the 503 that says why nobody else can watch just now."""
    if services.hub.is_closed:
        raise Problem(503, "shutting_down", "The server is about to stop.")
    if services.hub.is_full:
        most = services.settings.max_viewers
        message = f"{most} viewers watch already; close one, or try again in a while."
        headers = {"Retry-After": "10"}
        raise Problem(503, "too_many_viewers", message, limit=most, headers=headers)


def _seq(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        message = "Last-Event-ID must be the id of an event, a whole number."
        raise Problem(422, "invalid", message, field="Last-Event-ID")
    return int(text)
