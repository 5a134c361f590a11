"""Drawings that the class sends and the network names, for the teacher to show together."""

import asyncio
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel

from ..recipe import Recipe
from ..store import RunRow, Store
from .answers.drawings import (
    DrawingNamed,
    DrawingsChange,
    DrawingsList,
    DrawingsTold,
    NewDrawing,
)
from .asking import Asking
from .body import JsonObject
from .chosen import Chosen, check_known, subject_of
from .collection import Collected, Collection
from .network_files import network_steps
from .numeric import named
from .openapi import json_body
from .polling import LATEST, Phone, run_asked, run_missing
from .problems import Problem
from .routes import Routes
from .services import Services, Serving, run_named
from .teaching import LeaderAsked

BODIES: list[type[BaseModel]] = [DrawingsChange, NewDrawing]
router = Routes(prefix="/api/teaching/drawings", tags=["teaching"])

_PICTURE = {"dtype": "u1", "shape": "2, 2, 1", "bdata": "AAD/AA=="}


def _body(model: str, example: dict[str, Any]) -> dict[str, Any]:
    return json_body({"$ref": f"#/components/schemas/{model}", "example": example})


@router.put("", openapi_extra=_body("DrawingsChange", {"leader": "my-desk-1", "is_open": True}))
async def collect_drawings(body: JsonObject, services: Serving) -> DrawingsTold:
    """Begins to collect drawings for a run's network; `is_open: false` takes no more.

    ```sh
    curl -X PUT --json '{"leader": "my-desk-1", "run": "latest"}' \\
      http://127.0.0.1:8000/api/teaching/drawings
    ```
    """
    asked, room = DrawingsChange.model_validate(body), services.classroom
    room.check_leader(asked.leader)
    run = run_named(services.store, run_asked(services, asked.run))
    if run is None:
        raise run_missing()
    found = room.collection
    if found is None or (asked.is_open and found.about.run != run.id):
        about = await asyncio.to_thread(_collected, services.store, run)
        found = Collection(about)
        room.collect(found)
    found.is_open = asked.is_open
    room.tell_collection()
    return found.told()


@router.delete("", status_code=204)
async def end_drawings(
    services: Serving,
    leader: LeaderAsked,
    number: Annotated[
        int | None, Query(ge=1, le=2**31, description="of one drawing; unsaid, all of it ends")
    ] = None,
) -> None:
    """Ends the collection, or takes one drawing away; nothing is kept.

    ```sh
    curl --request DELETE 'http://127.0.0.1:8000/api/teaching/drawings?leader=my-desk-1'
    ```
    """
    room = services.classroom
    room.check_leader(leader)
    if number is None:
        room.collect(None)
        return
    if room.collection is None or not room.collection.remove(number):
        message = f"There is no drawing {number} (any more)."
        raise Problem(404, "drawings_unknown", message, field="number")
    room.tell_collection()


@router.get("")
async def list_drawings(services: Serving, leader: LeaderAsked) -> DrawingsList:
    """Lists all drawings, for who leads.

    ```sh
    curl 'http://127.0.0.1:8000/api/teaching/drawings?leader=my-desk-1'
    ```
    """
    services.classroom.check_leader(leader)
    found = services.classroom.collection
    if found is None:
        return DrawingsList(drawings=None, items=[])
    return DrawingsList(drawings=found.told(), items=found.drawings())


@router.put(
    "/{phone}",
    openapi_extra=_body("NewDrawing", {"drawings": LATEST, "image": _PICTURE}),
)
async def send_drawing(
    phone: Phone, body: JsonObject, services: Serving, asking: Asking
) -> DrawingNamed:
    """Sends a phone's drawing, in place of the one before, and returns what the network names it.

    A phone says the collection that it draws for; `latest` is the one there is now. This one is
    of the size that `dead-leaves` takes, and gray.

    ```sh
    curl -X PUT --json '{"drawings": "latest", "image": {"dtype": "u1", "shape": "32, 32, 3",
      "bdata": "'$(head -c 3072 /dev/zero | tr '\\0' '\\200' | base64 -w 0)'"}}' \\
      http://127.0.0.1:8000/api/teaching/drawings/9d1fb3f0-1c2d-4e5f
    ```
    """
    sent = NewDrawing.model_validate(body)
    found = services.classroom.collection
    if found is None or sent.drawings not in (LATEST, found.id):
        message = "No drawings are collected under this id now; the stream says under which."
        raise Problem(404, "drawings_unknown", message, field="drawings")
    found.check(phone)
    told = await asking.work_out(named, _subject(services, found), sent.image)
    answer = DrawingNamed.model_validate({key: told[key] for key in DrawingNamed.model_fields})
    if services.classroom.collection is found:
        found.add(phone, answer, told["pixels"])
        services.classroom.drawings_changed()
    return answer


def _subject(services: Services, collection: Collection) -> Any:
    about = collection.about
    run = run_named(services.store, about.run)
    if run is None:
        raise run_missing()
    return subject_of(services.settings, Chosen(run, about.step))


def _collected(store: Store, run: RunRow) -> Collected:
    """Finds what a network is that can name drawings: its newest snapshot with all weights.

    Raises:
        Problem: 409 it can't.
    """
    check_known(run, "network")
    described, steps = run.described, network_steps(store, run)
    if not described.class_names or not steps:
        message = "This network names nothing that one could draw; lead the class to one that does."
        raise Problem(409, "not_known", message, field="run")
    if described.network is not None:
        shape = described.network.input_shape
    else:
        shape = Recipe.model_validate_json(run.recipe or "{}").dataset_info.shape
    return Collected(run.id, steps[-1], shape, described.class_names)
