"""The cluster on which runs of sweeps train: how it stands, and what its tasks ask."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import Path, Query, Request, Response
from pydantic import ConfigDict, Field
from starlette.responses import FileResponse

from ..cluster.report_wire import LARGEST_REPORT_BYTES, PIECE_BYTES
from ..external.packets import LARGEST_PACKET_BYTES, MEDIA_TYPE
from ..vocabulary.own_pictures import DIGEST_SHOWN
from .answers.exchanged import Exchanged
from .body import JsonObject
from .cluster_tasks import ClusterTasks
from .own_pictures import folder_of, found_dataset
from .problems import Problem
from .report_pieces import Piece
from .routes import Routes
from .services import Services, Serving

router = Routes(prefix="/api/cluster", tags=["sweeps"])

_NO_WORKERS = "The scheduler has no workers; start some, and runs that wait begin."
Lease = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


class ClusterAnswer(Exchanged):
    """Where runs of sweeps train."""

    scheduler: str | None = Field(description="of a Dask cluster; null: the server's own workers")
    status: Literal["none", "away", "connected"]
    workers: int = Field(description="of the cluster")
    threads: int = Field(description="of all of them: as many runs train there at a time")
    message: str | None = Field(description="why no run can train there just now; null if one can")


class _NewTask(Exchanged):
    model_config = ConfigDict(extra="forbid")

    version: str = Field(max_length=60)
    host: str = Field(max_length=255)
    process: int
    worker: str = Field(max_length=255)


class _PicturesQuestion(Exchanged):
    model_config = ConfigDict(extra="forbid")

    file: Literal["about.json", "images.npy", "labels.npy"]


class _TaskQuestion(Exchanged):
    model_config = ConfigDict(extra="forbid")

    attempt: int
    heard: int
    goes_on: bool


@router.get("")
def get_cluster(services: Serving) -> ClusterAnswer:
    """Says where runs of sweeps train, and why they don't, where they can't.

    ```sh
    curl http://127.0.0.1:8000/api/cluster
    ```
    """
    if services.tasks is None:
        return ClusterAnswer(scheduler=None, status="none", workers=0, threads=0, message=None)
    link = services.tasks.pool.link
    state = link.state
    message = state.trouble or (None if state.threads else _NO_WORKERS)
    return ClusterAnswer(
        scheduler=link.where.scheduler,
        status="connected" if state.trouble is None else "away",
        workers=state.workers,
        threads=state.threads,
        message=message,
    )


# What follows is between a server and tasks of the same version, not for others.
@router.post("/tasks/{lease}/attempts", include_in_schema=False)
async def begin_task(lease: Lease, body: JsonObject, services: Serving) -> Response:
    """Gives a task what it is to train, and shuts out the one before."""
    said = _NewTask.model_validate(body)
    packet = await _tasks(services).begin(lease, said.version, said.host, said.worker)
    return Response(packet, media_type=MEDIA_TYPE)


@router.put("/tasks/{lease}/reports/{number}", include_in_schema=False)
async def take_report(
    lease: Lease,
    number: Annotated[int, Path(ge=1, le=2**53)],
    request: Request,
    services: Serving,
    attempt: Annotated[int, Query(ge=1)],
    heard: Annotated[int, Query(ge=0)] = 0,
    piece: Annotated[int, Query(ge=0)] = 0,
    of: Annotated[int, Query(ge=1, le=LARGEST_REPORT_BYTES // PIECE_BYTES + 1)] = 1,
) -> dict[str, Any]:
    """Records what a task reports, with its last piece; answered once it is on disk."""
    length = request.headers.get("content-length", "")
    size = int(length) if length.isdecimal() else LARGEST_PACKET_BYTES
    tasks, which = _tasks(services), Piece(attempt, number, piece, of)
    async with services.ingest.reception.body(request, size) as body:
        said = await tasks.take(lease, which, heard, body)
        del body  # before its room is given back
    if said is None:  # the last piece's room is given back, for the whole may have to wait
        said = await tasks.take_whole(lease, which, heard)
    return {"said": said}


@router.post("/tasks/{lease}/pictures", include_in_schema=False)
async def give_pictures(lease: Lease, body: JsonObject, services: Serving) -> FileResponse:
    """Gives a task a file of the pictures that its run is trained on, which lie here alone."""
    asked = _PicturesQuestion.model_validate(body)
    recipe = _tasks(services).recipe(lease)
    _, kept = await asyncio.to_thread(found_dataset, recipe.dataset, folder_of(services.settings))
    if kept is None:
        message = f"{recipe.dataset} is made on each machine by itself."
        raise Problem(422, "invalid", message, field="file")
    path = folder_of(services.settings) / kept.digest[:DIGEST_SHOWN] / asked.file
    if not await asyncio.to_thread(path.is_file):
        message = f"The pictures {kept.name} are damaged: remove them and add them again."
        raise Problem(404, "dataset_unknown", message, field="file")
    return FileResponse(path, media_type="application/octet-stream")


@router.post("/tasks/{lease}/questions", include_in_schema=False)
async def answer_task(lease: Lease, body: JsonObject, services: Serving) -> dict[str, Any]:
    """Tells a task what it hasn't heard, and notes that it lives."""
    asked = _TaskQuestion.model_validate(body)
    said = _tasks(services).listen(lease, asked.attempt, asked.heard, goes_on=asked.goes_on)
    return {"said": said}


def _tasks(services: Services) -> ClusterTasks:
    if services.tasks is None:
        raise Problem(410, "lease_over", "This server has no cluster any more.")
    return services.tasks
