"""What a run leaves behind: its curves, its snapshots, its films."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from .answers.history import AddedAnswer, FilmAnswer, MetricsAnswer, SnapshotAnswer, SnapshotList
from .asking import Asking, Places
from .chosen import FoundSnapshot, layer_of, subject_of
from .curve_files import curves_of
from .downloads import too_many_exports
from .following import Which
from .network_files import network_bytes, network_steps
from .numeric import added, snapshot, write_curves, write_film, write_snapshot
from .openapi import FILE, TEXT
from .problems import Problem
from .services import FoundRun, Serving

router = APIRouter(prefix="/api/runs/{run_id}", tags=["history"])

_FEW_STEPS = 2_000  # whose curves are told in some milliseconds; of more they are written aside
_LONG_CURVES = Places(8, 6, too_many_exports)
FILM_BYTES = 32 * 1024**2  # of kernels; a longer film is thinned evenly
_FILM_COLUMNS = [
    name for name in FilmAnswer.model_fields if name not in ("layer", "steps", "kernels")
]
Layer = Annotated[str | None, Query(max_length=40, description="a conv layer; unsaid: the first")]


@router.get(
    "/metrics",
    response_model=MetricsAnswer,
    responses={200: {"content": {"text/csv": TEXT}}},
)
async def get_metrics(
    run: FoundRun,
    services: Serving,
    asking: Asking,
    after_step: Annotated[int, Query(ge=-1, le=2**53)] = -1,
    format: Literal["json", "csv"] = "json",  # noqa: A002  -- the contract's word
    steps: Which = "all",
) -> Response:
    """Returns the curves of a run: loss, accuracy and learning rate by step, and the evaluations.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/latest/metrics?format=csv'
    ```
    """
    if format == "csv" and steps == "thinned":
        message = "A table holds all steps; leave out steps=thinned, or ask for format=json."
        raise Problem(422, "invalid", message, field="steps")
    media_type, headers = "application/json", {}
    if format == "csv":
        media_type = "text/csv; charset=utf-8"
        headers = _kept_as(f"{run.id}-metrics.csv")
    asked = (run.id, "thinned" if steps == "thinned" else format, after_step)
    if run.step - after_step <= _FEW_STEPS:
        content = await asyncio.to_thread(curves_of, services.store, *asked)
        return Response(content, media_type=media_type, headers=headers)
    database = services.settings.database_path
    return await asking._replace(aside=services.exports, places=_LONG_CURVES).write(
        write_curves, database, *asked, media_type=media_type, headers=headers
    )


@router.get("/snapshots")
def list_snapshots(
    run: FoundRun,
    services: Serving,
    layer: Layer = None,
    whole: Annotated[bool, Query(description="those with the network to take home")] = False,
) -> SnapshotList:
    """Lists the steps at which there are snapshots; with `layer`, those that hold it.

    A program elsewhere that trains the run sends along the layers that are asked for.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots
    ```
    """
    if whole:
        there = network_steps(services.store, run)
        return SnapshotList(layers=run.layers, steps=there, bytes=network_bytes(run))
    steps = services.store.snapshot_steps(run.id, layer and layer_of(run, layer))
    return SnapshotList(layers=run.layers, steps=steps)


@router.get(
    "/snapshots/{step}",
    response_model=SnapshotAnswer,
    responses={200: {"content": {"application/zip": FILE}}},
)
async def get_snapshot(
    found: FoundSnapshot,
    services: Serving,
    asking: Asking,
    layer: Layer = None,
    format: Literal["json", "npz"] = "json",  # noqa: A002  -- the contract's word
) -> Response:
    """Gives one layer's weights after `step` updates (or `first`, `latest`); npz holds all layers.

    ```sh
    curl --output filters.npz 'http://127.0.0.1:8000/api/runs/latest/snapshots/first?format=npz'
    ```
    """
    chosen = layer_of(found.run, layer)
    subject = subject_of(services, found)
    if format == "json":
        return await asking.tell(snapshot, subject, chosen)
    return await asking.write(
        write_snapshot,
        subject,
        media_type="application/zip",
        headers=_kept_as(f"{subject.run_id}-step-{subject.step}.npz"),
    )


@router.get("/film", response_model=FilmAnswer)
async def get_film(
    run: FoundRun, services: Serving, asking: Asking, layer: Layer = None
) -> Response:
    """Returns all snapshots of a layer in one answer, to scrub through.

    ```sh
    curl --output film.json 'http://127.0.0.1:8000/api/runs/latest/film?layer=conv1'
    ```
    """
    film = (services.settings.database_path, run.id, layer_of(run, layer), FILM_BYTES)
    return await asking.write(write_film, *film, _FILM_COLUMNS)


@router.get("/added", response_model=AddedAnswer)
async def get_added(
    run: FoundRun,
    services: Serving,
    asking: Asking,
    after_step: Annotated[int, Query(ge=-1, le=2**53)] = -1,
) -> Response:
    """Judges what training added to the first conv layer's filters, up to each snapshot.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/added
    ```
    """
    settings = services.settings
    where = (settings.database_path, settings.cache_folder, run.id)
    return await asking.tell(added, *where, layer_of(run, None), after_step)


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
