"""Deleting many runs at once, or a sweep, and taking that back."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Annotated, Final, Self

from fastapi import Request, Response
from pydantic import ConfigDict, Field, model_validator

from ..events import LIVE
from ..recipe.model import refuse
from ..store import DeletionOver, Store, SweepRemoved
from .answers.deletions import DeletionAnswer
from .answers.exchanged import Exchanged
from .body import JsonObject
from .forwarded import address_of
from .openapi import json_body
from .problems import Problem
from .routes import Routes
from .services import Serving, run_named
from .sweeps import ended_runs, found_sweep

router = Routes(prefix="/api/deletions", tags=["runs"])

_MOST: Final = 2000
_SECONDS: Final = 30.0
_LIVE = "{!r} is {}, so none of the {} was deleted: stop it, or leave it out."
_UNKNOWN = "There is no run {!r}; perhaps it was deleted. None of the others was."
_SWEEP = "The sweep of these runs was deleted later: take that back before."
_OVER = f"There is nothing to take back: {_SECONDS:g} seconds after that, runs are gone for good."


class Deletion(Exchanged):
    """Which runs to delete, all of them or none; or a sweep with all of its runs."""

    model_config = ConfigDict(extra="forbid")

    runs: list[Annotated[str, Field(max_length=100)]] | None = Field(
        None,
        min_length=1,
        max_length=_MOST,
        description="ids; runs that train have to be stopped first",
    )
    sweep: str | None = Field(None, max_length=100, description="an id; it has to be stopped first")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.runs is None) == (self.sweep is None):
            raise refuse("say either runs or a sweep", field="runs", code="invalid")
        return self


@router.post(
    "",
    status_code=201,
    openapi_extra=json_body({"$ref": "#/components/schemas/Deletion"}),
)
async def delete_runs(
    body: JsonObject, services: Serving, request: Request, response: Response
) -> DeletionAnswer:
    """Deletes runs together, or a sweep with its runs; for 30 seconds that can be taken back.

    Each is named by its id, or as `latest`. Here that is done, and taken back:

    ```sh
    curl --json '{"runs": ["latest"]}' http://127.0.0.1:8000/api/deletions > deleted.json
    curl -X DELETE "http://127.0.0.1:8000/api/deletions/$(cut -d '"' -f 4 deleted.json)"
    ```
    """
    asked, deletion = Deletion.model_validate(body), secrets.token_hex(6)
    if asked.sweep is not None:
        sweep = await asyncio.to_thread(found_sweep, services, asked.sweep)
        ids = [run.id for run in await ended_runs(services, sweep, "sweep")]
        until = await services.sweeping.remove(deletion, sweep.id, _SECONDS, ids)
    else:
        named = list(dict.fromkeys(asked.runs or ()))
        ids = await asyncio.to_thread(_ids_of, services.store, named)
        until = await asyncio.wrap_future(services.store.remove_runs(deletion, ids, _SECONDS))
    await services.forget(ids)
    response.headers["Location"] = address_of(request, f"/api/deletions/{deletion}")
    return DeletionAnswer(id=deletion, runs=ids, until=datetime.fromtimestamp(until, UTC))


@router.delete("/{deletion_id}", status_code=204)
async def take_deletion_back(deletion_id: str, services: Serving) -> None:
    """Takes a deletion back: its runs are there again, as they were, and its sweep.

    ```sh
    curl -X DELETE "http://127.0.0.1:8000/api/deletions/$(
      curl --json '{"runs": ["latest"]}' http://127.0.0.1:8000/api/deletions | cut -d '"' -f 4)"
    ```
    """
    try:
        await asyncio.wrap_future(services.store.take_back(deletion_id))
    except DeletionOver:
        raise Problem(404, "deletion_over", _OVER, field="deletion_id") from None
    except SweepRemoved:
        raise Problem(409, "sweep_removed", _SWEEP, field="deletion_id") from None


def _ids_of(store: Store, asked: list[str]) -> list[str]:
    """Returns the ids of runs that may be deleted; a Problem where one of them may not."""
    ids = []
    for place, name in enumerate(asked):
        run, field = run_named(store, name), f"runs.{place}"
        if run is None:
            raise Problem(404, "run_unknown", _UNKNOWN.format(name), field=field)
        if run.status in LIVE and run.described.can.steer:
            message = _LIVE.format(run.name, run.status, len(asked))
            raise Problem(409, "run_live", message, field=field)
        ids.append(run.id)
    return list(dict.fromkeys(ids))
