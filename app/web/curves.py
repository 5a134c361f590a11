"""A run's curves: all of them, or few points in place of many."""

import asyncio
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from ..curves.files import curves_of
from ..curves.numbers import FEWEST_POINTS, MOST_POINTS
from ..store import RunRow
from .answers.history import MetricsAnswer
from .asking import Asking, Places
from .downloads import too_many_exports
from .files import accepts
from .following import Which
from .numeric import write_curves, write_few
from .openapi import TEXT
from .problems import Problem
from .routes import Routes
from .services import FoundRun, Serving

router = Routes(prefix="/api/runs/{run_id}", tags=["history"])

_FEW_STEPS = 2_000  # whose curves are told in some milliseconds; of more they are written aside
_LONG_CURVES = Places(8, 6, too_many_exports)


@router.get(
    "/metrics",
    response_model=MetricsAnswer,
    responses={200: {"content": {"text/csv": TEXT}}},
)
async def get_metrics(
    request: Request,
    run: FoundRun,
    services: Serving,
    asking: Asking,
    after_step: Annotated[int, Query(ge=-1, le=2**53)] = -1,
    format: Literal["json", "csv"] = "json",  # noqa: A002  -- the contract's word
    steps: Which = "all",
    points: Annotated[
        int | None,
        Query(
            ge=FEWEST_POINTS,
            le=MOST_POINTS,
            description="so many steps at most, the least and greatest losses",
        ),
    ] = None,
) -> Response:
    """Returns the curves of a run: loss, accuracy and learning rate by step, and the evaluations.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/latest/metrics?points=1000'
    ```
    """
    _check(format, steps, points)
    settings = services.settings
    is_short = run.step - after_step <= _FEW_STEPS
    if points is not None or (steps == "thinned" and not is_short):
        where = (settings.database_path, settings.cache_folder)
        return await asking.write(write_few, *where, run.id, after_step, points)
    asked = (run.id, "thinned" if steps == "thinned" else format, after_step)
    media_type, headers = _kind(run, format)
    if is_short:
        content = await asyncio.to_thread(curves_of, services.store, *asked)
        return Response(content, media_type=media_type, headers=headers)
    is_packed = accepts(request.headers.get("accept-encoding", ""), "gzip")
    headers |= {"Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if is_packed else {})
    where = (settings.database_path, services.spool.folder)
    return await asking._replace(aside=services.exports, places=_LONG_CURVES).write(
        write_curves, *where, *asked, is_packed, media_type=media_type, headers=headers
    )


def _check(kind: str, steps: str, points: int | None) -> None:
    if kind == "csv" and steps == "thinned":
        message = "A table holds all steps; leave out steps=thinned, or ask for format=json."
        raise Problem(422, "invalid", message, field="steps")
    if kind == "csv" and points is not None:
        message = "A table holds all steps; leave out points, or ask for format=json."
        raise Problem(422, "invalid", message, field="points")
    if steps == "thinned" and points is not None:
        message = "points and steps=thinned are two ways to few steps; leave out one of them."
        raise Problem(422, "invalid", message, field="points")


def _kind(run: RunRow, kind: str) -> tuple[str, dict[str, str]]:
    """Returns the media type, and the name of a table to keep."""
    if kind == "json":
        return "application/json", {}
    name = f'attachment; filename="{run.id}-metrics.csv"'
    return "text/csv; charset=utf-8", {"Content-Disposition": name}
