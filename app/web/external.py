"""Runs that programs elsewhere train: registered, told batch by batch, begun again."""

import asyncio
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from pydantic import Field, ValidationError

from ..events import Alert, EncodedEvent
from ..external.packets import LARGEST_PACKET_BYTES, MEDIA_TYPE
from ..external.registration import NewAttempt, Registration, key_of
from ..store import RunRow
from .answers.exchanged import Exchanged
from .attempts import Registered
from .body import JsonObject, json_bytes
from .openapi import FILE, json_body
from .problems import Problem
from .routes import Routes
from .services import Services, Serving

router = Routes(prefix="/api/external/{key}", tags=["external"])
BODIES = (Registration, NewAttempt)
_PACKET_TYPES = (MEDIA_TYPE, "application/octet-stream")  # generated clients know the second alone


class RunTold(Exchanged):
    """A run as the program that trains it is told of it.

    Attributes:
        next: the number of the item that is wanted next; the first of all is 1.
        attempt: which start of the program it is.
        first: the number of the first item of this attempt.
        wanted: which layers somebody looks at, by their place in the registration.
    """

    id: str
    url: str
    next: int
    attempt: int
    first: int
    wanted: list[int]


class BatchTold(Exchanged):
    """What became of a batch: it is on disk, up to the item before `next`."""

    next: int
    wanted: list[int]
    alerts: list[Alert] = Field(description="those that the batch gave reason for, layers by title")


def key_in_path(
    key: Annotated[str, Path(description="a UUID that the program made up", max_length=64)],
) -> str:
    """Returns the key that a path names, as 32 hexadecimal digits.

    Raises:
        Problem: 422 it is no UUID.
    """
    known = key_of(key)
    if known is None:
        raise Problem(422, "invalid", "The key must be a UUID: 32 hexadecimal digits.", field="key")
    return known


Key = Annotated[str, Depends(key_in_path)]


@router.put(
    "",
    openapi_extra=json_body({"$ref": "#/components/schemas/Registration"}),
    responses={201: {"model": RunTold, "description": "The run is new."}},
)
async def register_run(
    key: Key, request: Request, services: Serving, response: Response
) -> RunTold:
    """Says what a program trains; the same again changes nothing and says where to go on.

    ```sh
    curl -X PUT --json '{"name": "mine", "client": "0123456789abcdef",
      "layers": [{"title": "stem", "kind": "conv2d", "shape": [3, 3, 3, 8]}]}' \\
      http://127.0.0.1:8000/api/external/8f14e45fceea4f7a8a0a7a5b1f5d2c11
    ```
    """
    data = await json_bytes(request)
    said = await asyncio.to_thread(_registration, data)
    registered = await services.ingest.register(key, said)
    response.status_code = 201 if registered.is_new else 200
    return _told(services, registered)


@router.post("/attempts", openapi_extra=json_body({"$ref": "#/components/schemas/NewAttempt"}))
async def begin_attempt(key: Key, body: JsonObject, services: Serving) -> RunTold:
    """Goes on with a run in another process; whoever told it before is shut out.

    ```sh
    curl --json '{"attempt": 2, "from_step": 300, "client": "fedcba9876543210"}' \\
      http://127.0.0.1:8000/api/external/8f14e45fceea4f7a8a0a7a5b1f5d2c11/attempts
    ```
    """
    said = NewAttempt.model_validate(body)
    return _told(services, await services.ingest.begin_attempt(key, said))


@router.put(
    "/batches/{first}",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": dict.fromkeys(_PACKET_TYPES, FILE),
        }
    },
)
async def take_batch(
    key: Key,
    first: Annotated[int, Path(ge=1, le=2**53, description="the number of its first item")],
    request: Request,
    services: Serving,
    attempt: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    renumbered: Annotated[
        bool, Query(description="the packet, out of a file, may name another place")
    ] = False,
) -> BatchTold:
    """Records items of a run; answered once they are on disk.

    ```sh
    curl -X PUT -H 'Content-Type: application/vnd.filterscope.batch' \\
      --data-binary @<(printf 'FSC1\\014\\0\\0\\0\\0\\0\\0\\0\\035\\037\\103\\352{"items":[]}') \\
      'http://127.0.0.1:8000/api/external/8f14e45fceea4f7a8a0a7a5b1f5d2c11/batches/1?attempt=1'
    ```
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _PACKET_TYPES:
        message = f"Send a packet, with the header Content-Type: {MEDIA_TYPE}."
        raise Problem(415, "not_a_packet", message)
    length = request.headers.get("content-length", "")
    size = int(length) if length.isdecimal() else LARGEST_PACKET_BYTES
    async with services.ingest.reception.body(request, size) as body:
        taken = await services.ingest.take(key, first, attempt, body, renumbered=renumbered)
    return BatchTold(
        next=taken.told.next,
        wanted=_wanted(services, taken.run),
        alerts=[_alert(event, taken.run) for event in taken.alerts],
    )


def _registration(data: bytes) -> Registration:
    try:
        return Registration.model_validate_json(data)
    except ValidationError as invalid:
        if invalid.errors(include_url=False)[0]["type"] == "json_invalid":
            raise Problem(400, "bad_json", "The body isn't JSON.") from None
        raise


def _told(services: Services, registered: Registered) -> RunTold:
    run, attempt, next_item, _ = registered
    return RunTold(
        id=run.id,
        url=f"/runs/{run.id}",
        next=next_item,
        attempt=attempt.attempt,
        first=attempt.first,
        wanted=_wanted(services, run),
    )


def _wanted(services: Services, run: RunRow) -> list[int]:
    names = services.ingest.wanted.of(run.id)
    layers = run.described.layers
    return [place for place, layer in enumerate(layers) if layer.name in names]


def _alert(event: EncodedEvent, run: RunRow) -> Alert:
    """Returns an alert with the layer by its owner's name for it."""
    alert = Alert.model_validate_json(event.body)
    if alert.layer is None:
        return alert
    return alert.model_copy(update={"layer": run.described.layer(alert.layer).title})
