"""The pages, and whether the server is well."""

import asyncio
from typing import Any, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from .. import __version__
from ..kernels import kernels_in_words
from ..page_files import STATIC
from ..store import StoreError
from ..store.store import SQLITE_VERSION
from . import assets
from .answers.exchanged import Exchanged
from .embedding import ancestors, is_framed
from .page_answer import answer_page
from .problems import Problem, from_store
from .routes import Routes
from .runs import told_run
from .services import Services, Serving, found_run

router = Routes()

_READ = ["GET", "HEAD"]
_STANDSTILL = "No run can train: {}. Restart the server; what is recorded is kept."


class Health(Exchanged):
    """That the server works, what it is, and how many runs it keeps of each status.

    `disk` is `low` below the floor and `full` when nothing can be written; runs pause in both.
    """

    status: str
    disk: Literal["ok", "low", "full"]
    version: str
    sqlite: str
    kernels: str = Field(
        description="the compiled kernels that there were when this server started, with their "
        "compiler; or `numpy: ` and why there were none. Those compiled later are called in "
        "processes that it starts then: a run notes what multiplied"
    )
    runs: dict[str, int]


@router.api_route("/", methods=_READ, include_in_schema=False)
def dashboard(request: Request, services: Serving) -> HTMLResponse:
    """Answers with the dashboard, ready to start a run."""
    return _page(request, services, 200, run_id=None, run=None)


@router.api_route("/runs/{run_id}", methods=_READ, include_in_schema=False)
def dashboard_of_run(request: Request, services: Serving, run_id: str) -> HTMLResponse:
    """Answers with the dashboard on one run; if there is none, the page says so itself."""
    try:
        run = told_run(services, found_run(request, services, run_id))
    except Problem as problem:
        return _page(request, services, problem.status, run_id=run_id, run=None)
    except StoreError as problem:  # the page asks for it too, and says what the answer says
        return _page(request, services, from_store(problem).status, run_id=run_id, run=None)
    return _page(request, services, 200, run_id=run.id, run=run.model_dump(mode="json"))


@router.api_route("/static/style.css", methods=_READ, include_in_schema=False)
def style_sheet(request: Request) -> Response:
    """Answers with the page's style sheet, its parts in one."""
    return assets.answer_style_sheet(request)


@router.api_route("/docs", methods=_READ, include_in_schema=False)
def interface_page() -> FileResponse:
    """Answers with the interface, to read and to try."""
    return FileResponse(STATIC / "docs/index.html", headers={"Cache-Control": "no-cache"})


@router.api_route("/favicon.ico", methods=_READ, include_in_schema=False)
def icon() -> Response:
    """Browsers ask for it unasked; the pages name their own."""
    return Response(status_code=204, headers={"Cache-Control": "public, max-age=86400"})


@router.get("/healthz", tags=["server"])
async def get_health(services: Serving) -> Health:
    """Tells whether the server works, and how many runs it keeps; 503 while no run can train.

    ```sh
    curl http://127.0.0.1:8000/healthz
    ```
    """
    return await asyncio.to_thread(_health, services)  # no place among those who wait for answers


def _health(services: Services) -> Health:
    _check_threads(services)
    disk: Literal["ok", "low", "full"] = "ok" if services.settings.has_disk_room() else "low"
    return Health(
        status="ok",
        disk="full" if services.store.trouble else disk,
        version=__version__,
        sqlite=SQLITE_VERSION,
        kernels=kernels_in_words(),
        runs=services.store.count_by_status(),
    )


@router.head("/healthz", include_in_schema=False)
async def health_in_brief(services: Serving) -> Response:
    """Answers probes that want no body."""
    _check_threads(services)
    return Response()


def _check_threads(services: Services) -> None:
    if trouble := services.supervisor.trouble:
        raise Problem(503, "supervisor_stopped", _STANDSTILL.format(trouble))
    if trouble := services.store.standstill:
        raise Problem(503, "recorder_stopped", _STANDSTILL.format(trouble))


def _page(request: Request, services: Services, status: int, **context: Any) -> HTMLResponse:
    settings = services.settings
    access = request.scope["filterscope.access"]
    page = answer_page(
        request,
        "dashboard.html",
        assets.FIRST_STYLE_PARTS,
        status,
        framed_by=ancestors(settings),
        style=assets.style_sheet().digest,
        modules=assets.modules(),
        access="watch" if is_framed(request.headers, settings) else access,
        kernels=kernels_in_words(),
        asks_token=request.app.state.tokens.full is not None,
        asked_view=request.query_params.get("view", "live"),
        **context,
    )
    services.aside.warm()  # the page is about to ask for a preview
    return page
