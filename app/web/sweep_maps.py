"""A sweep's map at any moment, and as files."""

import asyncio
import io
from typing import Annotated

from fastapi import Query, Request, Response

from .. import __version__
from ..export.names import plain_words
from ..inspection.sweep_moment import CellRuns, MapRow, SeedRun
from ..recipe import Recipe
from ..store import KeptSweep
from .answers.sweeps import CellOfSweep, SeedOfCell, Sweep, SweepStrips
from .asking import Asking
from .concerns import ColumnSeparator, DecimalSign, table_style
from .downloads import as_download, tag_of, unchanged
from .numeric import strips, write_map
from .openapi import FILE, TEXT
from .problems import Problem
from .routes import Routes
from .services import Serving
from .sweep_telling import plan_of
from .sweeps import FoundSweep

router = Routes(prefix="/api/sweeps/{sweep_id}", tags=["sweeps"])

_MEASURED = ("seed", "run", "status", "step", "total_steps", "edges", "score", "accuracy")


@router.get("/strips", response_model=SweepStrips)
async def get_strips(
    sweep: FoundSweep,
    services: Serving,
    asking: Asking,
    request: Request,
    share: Annotated[
        float | None, Query(ge=0, le=1, description="of each run's own length; 1 unless said")
    ] = None,
    step: Annotated[int | None, Query(ge=0, le=2**31, description="in place of share")] = None,
    filters: Annotated[int, Query(ge=1, le=8, description="of each cell, the first so many")] = 5,
    seed: Annotated[
        int | None, Query(ge=0, lt=2**32, description="whose; unsaid: the first that has some")
    ] = None,
) -> Response:
    """Returns all cells at one moment: a few filters of each, and what its runs were.

    ```sh
    curl 'http://127.0.0.1:8000/api/sweeps/latest/strips?share=0.5'
    ```
    """
    if share is not None and step is not None:
        message = "Say share or step: runs of other lengths have other steps at the same share."
        raise Problem(422, "invalid", message, field="step")
    plan = plan_of(sweep)
    if seed is not None and seed not in plan.seeds:
        message = f"The seeds of this sweep are {', '.join(map(str, plan.seeds))[:200]}."
        raise Problem(422, "invalid", message, field="seed")
    told = await asyncio.to_thread(services.sweeps.whole, sweep)
    share = 1.0 if share is None and step is None else share
    tag = tag_of("strips", told.revision, share, step, filters, seed)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    layer = Recipe.model_validate(plan.base).conv_layers[0]
    cells = [_runs(cell, share, step) for cell in told.cells]
    answer = await asking.tell(
        strips,
        *(services.settings.database_path, layer, cells, filters, seed),
        share=share,
        step=step,
        filters=filters,
    )
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@router.get("/map.csv", response_class=Response, responses={200: {"content": {"text/csv": TEXT}}})
def get_map_table(
    sweep: FoundSweep,
    services: Serving,
    request: Request,
    decimal: DecimalSign = "point",
    sep: ColumnSeparator = None,
) -> Response:
    """Returns the map as a table, one row a run.

    ```sh
    curl --output map.csv http://127.0.0.1:8000/api/sweeps/latest/map.csv
    ```
    """
    style = table_style(decimal, sep)
    told = services.sweeps.whole(sweep)
    tag = tag_of("map", told.id, told.revision, *style, __version__)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    text = io.StringIO()
    style.write(text, [[*(axis.field for axis in told.axes), *_MEASURED]])
    style.write(text, ([*row.values, *row[2:]] for row in _rows(told)))
    headers = as_download(_name(sweep, "csv"), tag)
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get(
    "/map.npz", response_class=Response, responses={200: {"content": {"application/zip": FILE}}}
)
async def get_map_arrays(
    sweep: FoundSweep, services: Serving, asking: Asking, request: Request
) -> Response:
    """Returns the map as NumPy arrays, with an axis for each of the sweep's and one for seeds.

    ```sh
    curl --output map.npz http://127.0.0.1:8000/api/sweeps/latest/map.npz
    ```
    """
    told = await asyncio.to_thread(services.sweeps.whole, sweep)
    tag = tag_of("arrays", told.id, told.revision, __version__)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    axes = [(axis.field, axis.values) for axis in told.axes]
    return await asking._replace(aside=services.exports).write(
        write_map,
        *(axes, told.seeds, _rows(told)),
        media_type="application/zip",
        headers=as_download(_name(sweep, "npz"), tag),
    )


def _runs(cell: CellOfSweep, share: float | None, step: int | None) -> CellRuns:
    """Says at which step each run of a cell is looked at."""

    def place(one: SeedOfCell) -> int:
        return step if step is not None else round((share or 0.0) * one.total_steps)

    return CellRuns(tuple(cell.at), [SeedRun(one.seed, one.run, place(one)) for one in cell.seeds])


def _rows(sweep: Sweep) -> list[MapRow]:
    return [
        MapRow(
            tuple(cell.at),
            cell.values,
            *(getattr(one, name) for name in _MEASURED),
        )
        for cell in sweep.cells
        for one in cell.seeds
    ]


def _name(sweep: KeptSweep, ending: str) -> str:
    return f"filterscope-{plain_words(sweep.name) or 'sweep'}-map.{ending}"
