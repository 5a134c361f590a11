"""What a run leaves behind: its snapshots, its films."""

from typing import Annotated, Literal

from fastapi import Query, Response

from .answers.history import AddedAnswer, FilmAnswer, SnapshotAnswer, SnapshotList
from .asking import Asking
from .chosen import FoundSnapshot, layer_of, subject_of
from .network_files import network_bytes, network_steps
from .numeric import added, snapshot, write_film, write_snapshot
from .openapi import FILE
from .routes import Routes
from .services import FoundRun, Serving

router = Routes(prefix="/api/runs/{run_id}", tags=["history"])

FILM_BYTES = 32 * 1024**2  # of kernels; a longer film is thinned evenly
_FILM_COLUMNS = [
    name for name in FilmAnswer.model_fields if name not in ("layer", "steps", "kernels")
]
Layer = Annotated[str | None, Query(max_length=40, description="a conv layer; unsaid: the first")]


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
    subject = subject_of(services.settings, found)
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
