"""What a run leaves behind: its curves, its snapshots, its films."""

import asyncio
import base64
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from starlette.responses import JSONResponse

from ..events import typed_array
from ..store.snapshots import Frame, StoredSnapshot
from .answers.history import FilmAnswer, MetricsAnswer, SnapshotAnswer, SnapshotList
from .chosen import Step, layer_of, snapshot_at, step_of
from .curves import Curves
from .following import Which
from .npz import npz
from .problems import Problem
from .services import FoundRun, Serving

router = APIRouter(prefix="/api/runs/{run_id}", tags=["what a run leaves"])

FILM_BYTES = 32 * 1024**2  # of kernels; a longer film is thinned evenly
_FILM_COLUMNS = [
    name for name in FilmAnswer.model_fields if name not in ("layer", "steps", "kernels")
]
Layer = Annotated[str | None, Query(max_length=40, description="a conv layer; unsaid: the first")]


@router.get(
    "/metrics",
    response_model=MetricsAnswer,
    responses={200: {"content": {"text/csv": {}}}},
)
def get_metrics(
    run: FoundRun,
    services: Serving,
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
    told = services.store.bodies(run.id, "steps", after_step)
    evaluated = services.store.bodies(run.id, "evaluated", after_step)
    curves = Curves.of(told, evaluated, after_step)
    if format == "csv":
        return _download(curves.csv(), "text/csv; charset=utf-8", f"{run.id}-metrics.csv")
    return JSONResponse(curves.thinned() if steps == "thinned" else curves.json())


@router.get("/snapshots")
def list_snapshots(run: FoundRun, services: Serving) -> SnapshotList:
    """Lists the steps at which there are snapshots, and of which layers.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots
    ```
    """
    return SnapshotList(layers=run.layers, steps=services.store.snapshot_steps(run.id))


@router.get(
    "/snapshots/{step}",
    response_model=SnapshotAnswer,
    responses={200: {"content": {"application/zip": {}}}},
)
def get_snapshot(
    run: FoundRun,
    services: Serving,
    step: Step,
    layer: Layer = None,
    format: Literal["json", "npz"] = "json",  # noqa: A002  -- the contract's word
) -> Response:
    """Gives one layer's weights after `step` updates (or `first`, `latest`); npz holds all layers.

    ```sh
    curl --output filters.npz 'http://127.0.0.1:8000/api/runs/latest/snapshots/first?format=npz'
    ```
    """
    chosen = layer_of(run, layer)
    steps = services.store.snapshot_steps(run.id)
    snapshot = snapshot_at(services, run.id, step_of(steps, step))
    if format == "npz":
        name = f"{run.id}-step-{snapshot.step}.npz"
        return _download(npz(snapshot.arrays.values()), "application/zip", name)
    return JSONResponse(_snapshot_json(snapshot, chosen))


@router.get("/film", response_model=FilmAnswer)
async def get_film(run: FoundRun, services: Serving, layer: Layer = None) -> Response:
    """Returns all snapshots of a layer in one answer, to scrub through.

    ```sh
    curl --output film.json 'http://127.0.0.1:8000/api/runs/latest/film?layer=conv1'
    ```
    """
    chosen = layer_of(run, layer)
    frames = await asyncio.to_thread(services.store.film, run.id, chosen, FILM_BYTES)
    return await asyncio.to_thread(lambda: JSONResponse(_film_json(chosen, frames)))


def _snapshot_json(snapshot: StoredSnapshot, layer: str) -> dict[str, Any]:
    is_judged = snapshot.body["layer"] == layer
    body = snapshot.body if is_judged else {"step": snapshot.step, "layer": layer}
    arrays = {
        part: typed_array(snapshot.arrays[f"{layer}/{part}"])
        for part in ("kernel", "bias")
        if f"{layer}/{part}" in snapshot.arrays
    }
    return body | arrays


def _film_json(layer: str, frames: list[Frame]) -> dict[str, Any]:
    shape = frames[0].kernel.shape if frames else (0, 0, 0, 0)
    kernels = {
        "dtype": "f4",
        "shape": ", ".join(map(str, (len(frames), *shape))),
        "bdata": base64.b64encode(b"".join(frame.kernel.data for frame in frames)).decode(),
    }
    film = {"layer": layer, "steps": [frame.step for frame in frames], "kernels": kernels}
    bodies = [frame.body for frame in frames if frame.body is not None]
    told = [name for name in _FILM_COLUMNS if bodies and all(name in body for body in bodies)]
    return film | {name: [body[name] for body in bodies] for name in told}


def _download(content: bytes | str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
