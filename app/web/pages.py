"""The pages, and whether the server is well."""

import asyncio
import gzip
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from .. import __version__
from ..page_files import STATIC, TEMPLATES
from ..store import StoreError
from ..store.store import SQLITE_VERSION
from ..vocabulary.palette import GROUND
from . import assets
from .embedding import ancestors, is_framed
from .files import accepts
from .problems import Problem, from_store
from .runs import told_run
from .security_headers import security_policy
from .services import Services, Serving, found_run

if TYPE_CHECKING:
    from jinja2 import Environment

router = APIRouter()

_READ = ["GET", "HEAD"]
_STANDSTILL = "No run can train: {}. Restart the server; what is recorded is kept."


class Health(BaseModel):
    """That the server works, what it is, and how many runs it keeps of each status.

    `disk` is `low` below the floor and `full` when nothing can be written; runs pause in both.
    """

    status: str
    disk: Literal["ok", "low", "full"]
    version: str
    sqlite: str
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
    services.aside.warm()  # the page is about to ask for a preview
    template = _templates().get_template("dashboard.html")
    access = request.scope["filterscope.access"]
    if is_framed(request.headers, settings):
        access = "watch"
    first_style, style_source = assets.first_style()
    html = template.render(
        root=_way_up(request.url.path),
        first_style=first_style,
        version=__version__,
        style=assets.style_sheet().digest,
        modules=assets.modules(),
        access=access,
        asks_token=request.app.state.tokens.full is not None,
        ground=GROUND,
        theme=_chosen_theme(request),
        asked_view=request.query_params.get("view", "live"),
        **context,
    )
    response = _packed(request, html.encode(), status)
    policy = security_policy(style_source, framed_by=ancestors(settings))
    response.headers["Content-Security-Policy"] = policy
    return response


def _chosen_theme(request: Request) -> str | None:
    """Returns the theme that the page's switch has kept; None follows the system.

    A cookie tells it to the server, so that the first paint has it and waits for no script.
    """
    kept = request.cookies.get("filterscope-theme")
    return kept if kept in GROUND else None


def _way_up(path: str) -> str:
    """Returns how a page's addresses begin: a proxy may have put anything before its own.

    >>> _way_up("/"), _way_up("/runs/0a"), _way_up("/runs/0a/")
    ('./', '../', '../../')
    """
    return "../" * (path.count("/") - 1) or "./"


def _packed(request: Request, html: bytes, status: int) -> HTMLResponse:
    """Answers with a page, compressed for whoever asks: on a slow line that halves the wait.

    It holds no secret that its length could betray, for tokens are kept in cookies.
    """
    headers = {"Vary": "Accept-Encoding"}
    if accepts(request.headers.get("accept-encoding", ""), "gzip"):
        html = gzip.compress(html, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(html, status, headers)


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
