"""Lists of runs: all, or those that are asked for, some at a time."""

from hashlib import sha256
from typing import Annotated, Any

from fastapi import Query, Request, Response

from ..store import DamagedRun, RunRow, RunSearch, Start
from .answers.runs import RunList
from .answers.strips import StripList
from .downloads import tag_of, unchanged
from .routes import Routes
from .run_listing import AskedRuns, Cursor, Offset, cursor_of, start_of
from .services import Services, Serving
from .strips import Count, Ids, strip_of
from .told_lists import list_of, written_run

router = Routes(prefix="/api/runs", tags=["runs"])


@router.get("", response_model=RunList)
def list_runs(
    services: Serving,
    request: Request,
    search: AskedRuns,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Cursor = None,
    offset: Offset = None,
) -> Response:
    """Lists runs, newest first: all, or those that are asked for, in the order that is asked for.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs?q=leaves&status=finished&sort=edges&limit=5'
    ```
    """
    start = start_of(search, cursor, offset)
    if search == RunSearch() and not isinstance(start, int):
        told = _all_runs(services, limit, None if start is None else -start[0])
    else:
        told = _found_runs(services, search, limit, start)
    return _if_changed(request, told)


@router.get("/strips", response_model=StripList)
def list_strips(services: Serving, request: Request, runs: Ids, filters: Count = 8) -> Response:
    """Returns the first few filters of each of some runs, as they were last kept: for a table.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/strips?runs=latest&filters=8'
    ```
    """
    told = (strip_of(services, name, filters) for name in dict.fromkeys(runs.split(",")))
    return _if_changed(request, list_of("strips", filter(None, told), {}))


def _if_changed(request: Request, told: bytes) -> Response:
    tag = tag_of(sha256(told).digest())
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(told, media_type="application/json", headers={"ETag": tag})


def _all_runs(services: Services, limit: int, before: int | None) -> bytes:
    rows, damaged = services.store.page(limit + 1, before)
    more = rows[limit - 1].number if len(rows) > limit else 0
    between = [run for run in damaged if run.number >= more]
    return _list(services, rows[:limit], str(more) if more else None, between)


def _found_runs(services: Services, search: RunSearch, limit: int, start: Start) -> bytes:
    found = services.store.search(search, limit, start)
    cursor = None if found.last is None else cursor_of(search, found.last)
    return _list(services, found.rows, cursor, found.damaged, found.in_all)


def _list(
    services: Services,
    rows: list[RunRow],
    cursor: str | None,
    damaged: list[DamagedRun],
    count: int | None = None,
) -> bytes:
    silence = services.ingest.leases.silence_of
    rest: dict[str, Any] = {"next_cursor": cursor, "count": count}
    if damaged:
        rest["damaged"] = [run.id or f"number {run.number}" for run in damaged]
    written = (written_run(services.written, row, silence(row.id)) for row in rows)
    return list_of("runs", written, rest)
