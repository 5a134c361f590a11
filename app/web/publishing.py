"""Runs as a site of static files that any web server can serve."""

import asyncio
from typing import Annotated

from fastapi import Query, Request, Response

from .. import __version__
from ..store import RunRow, Store
from .asking import Asking, Places
from .downloads import as_download, tag_of, too_many_exports, unchanged
from .history import FILM_BYTES
from .numeric import write_site
from .openapi import FILE
from .problems import Problem
from .routes import Routes
from .services import Serving, run_named

router = Routes(prefix="/api", tags=["exports"])

MOST_RUNS = 60
_TITLE = "What filters become"
_PLACES = Places(2, 1, too_many_exports)  # each keeps a process for seconds


@router.get(
    "/publish",
    response_class=Response,
    responses={200: {"content": {"application/zip": FILE}, "description": "The site's files."}},
)
async def publish_runs(
    request: Request,
    services: Serving,
    asking: Asking,
    run: Annotated[
        list[str],
        Query(min_length=1, max_length=MOST_RUNS, description="ids, in the order to be shown"),
    ],
    title: Annotated[str, Query(min_length=1, max_length=200)] = _TITLE,
) -> Response:
    """Makes a site of runs: a strip of filters for each, and its offline page behind it.

    Unpack the zip where a web server finds it, or open its `index.html` from a disk.

    ```sh
    curl --output site.zip 'http://127.0.0.1:8000/api/publish?run=latest'
    ```
    """
    runs = await asyncio.to_thread(_found, services.store, run)
    tag = tag_of("site", [(one.id, one.last_seq) for one in runs], title, __version__)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    return await asking._replace(aside=services.exports, places=_PLACES).write(
        write_site,
        *(services.settings.database_path, runs, FILM_BYTES),
        *(services.settings.cache_folder, title),
        media_type="application/zip",
        headers=as_download("filterscope-site.zip", tag),
    )


def _found(store: Store, asked: list[str]) -> list[RunRow]:
    """Returns the runs, each once.

    Raises:
        Problem: 404 one isn't there, 409 one has nothing to show yet.
    """
    found: dict[str, RunRow] = {}
    for run_id in asked:
        run = run_named(store, run_id)
        if run is None:
            message = f"There is no run {run_id[:40]}; perhaps it was deleted."
            raise Problem(404, "run_unknown", message, field="run")
        if not store.snapshot_steps(run.id):
            message = f"{run.described.name} ({run.id}) has no snapshot yet."
            raise Problem(404, "no_snapshot", message, field="run")
        found[run.id] = run
    return list(found.values())
