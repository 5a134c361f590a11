"""A class that watches: the link to join by, and where the teacher looks."""

from typing import Annotated, Any

from fastapi import Query, Request, Response

from .answers.teaching import JoinLink, Lead, Teaching
from .body import JsonObject
from .class_stream import ClassStream
from .following import check_room
from .joining import join_link, qr_code
from .openapi import FILE, TEXT, json_body
from .problems import Problem
from .routes import Routes
from .services import Services, Serving

router = Routes(prefix="/api", tags=["teaching"])

JoinPath = Annotated[
    str,
    Query(
        pattern=r"^/([!-.0-\[\]-~][!-\[\]-~]{0,799})?$",
        description="what to open: a path of this server",
    ),
]
_LEADER = r"^[A-Za-z0-9-]{8,64}$"
LeaderAsked = Annotated[str, Query(pattern=_LEADER, description="the window that leads")]
LeaderSaid = Annotated[
    str | None, Query(pattern=_LEADER, description="the window that asks, if it may lead")
]
_LEAD: dict[str, Any] = {"$ref": "#/components/schemas/Lead"}


@router.get("/teaching")
async def get_teaching(request: Request, services: Serving, leader: LeaderSaid = None) -> Teaching:
    """Says where the teacher looks, what the class is asked, and what the asker may do.

    ```sh
    curl http://127.0.0.1:8000/api/teaching
    ```
    """
    return _teaching(request, services, leader)


@router.put("/teaching", openapi_extra=json_body(_LEAD))
async def lead_class(request: Request, body: JsonObject, services: Serving) -> Teaching:
    """Says where the teacher looks now; only with full access. Nothing of it is kept on disk.

    ```sh
    curl --request PUT --json '{"leader": "my-desk-1", "run": "latest", "step": 60}' \\
      http://127.0.0.1:8000/api/teaching
    ```
    """
    if not services.classroom.lead(Lead.model_validate(body)):
        message = "Another window leads the class now. Begin anew to take over (begins: true)."
        raise Problem(409, "led_elsewhere", message, field="begins")
    return _teaching(request, services, body["leader"])


@router.delete("/teaching", status_code=204)
async def end_lead(services: Serving, leader: LeaderAsked) -> None:
    """Ends the lead of that leader, if it leads.

    ```sh
    curl --request DELETE 'http://127.0.0.1:8000/api/teaching?leader=my-desk-1'
    ```
    """
    services.classroom.leave(leader)


@router.get(
    "/teaching/events",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": TEXT}, "description": "The event stream."}},
)
async def follow_teacher(
    services: Serving,
    leader: LeaderSaid = None,
    filters: Annotated[bool, Query(description="also tell `run` and `snapshot`")] = False,
    wait: Annotated[bool, Query(description="`0` ends the answer after what holds now")] = True,
) -> Response:
    """Streams where the teacher looks and what the class is asked: what holds first, then changes.

    `event` is `place`, with a place as `data`, or `nobody` when nobody leads; `poll` and
    `drawings`, with `null` when they end. At most ten a second are sent, to slow readers fewer, and
    always the newest. With the `leader` that leads, `tally` says how the votes stand.

    With `filters=1` there is also what is seen where the teacher looks: the `run`, and the filters
    of its newest `snapshot` at or before the teacher's step; `null` where there is none.

    ```sh
    curl --no-buffer --max-time 5 http://127.0.0.1:8000/api/teaching/events
    ```
    """
    check_room(services)
    if leader is not None:
        services.classroom.check_leader(leader)
    blackboard = services.blackboard if filters else None
    leads = leader is not None
    return ClassStream(
        services.hub, services.classroom, leads=leads, blackboard=blackboard, waits=wait
    )


@router.get("/join")
async def get_join_link(request: Request, path: JoinPath = "/") -> JoinLink:
    """Returns the link by which others can watch, or why there is none.

    ```sh
    curl 'http://127.0.0.1:8000/api/join?path=/runs/latest'
    ```
    """
    return join_link(request, path)


@router.get(
    "/join.svg",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": FILE}, "description": "The code."}},
)
def get_join_code(request: Request, path: JoinPath = "/") -> Response:
    """Draws the same link as a QR code; 409 where there is no link.

    ```sh
    curl --output join.svg 'http://127.0.0.1:8000/api/join.svg?path=/runs/latest'
    ```
    """
    link = join_link(request, path)
    if link.url is None:
        raise Problem(409, "not_reachable", link.sentence)
    return Response(qr_code(link.url), media_type="image/svg+xml")


def _teaching(request: Request, services: Services, leader: str | None) -> Teaching:
    room = services.classroom
    place, poll, collection = room.place, room.poll, room.collection
    return Teaching(
        access=request.scope["filterscope.access"],
        place=place,
        followers=room.followers,
        leads=room.is_led_by(leader),
        code=request.app.state.join_code,
        poll=None if poll is None else poll.told(),
        drawings=None if collection is None else collection.told(),
    )
