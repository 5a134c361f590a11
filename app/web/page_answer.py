"""A page as it is answered: from its template, in the chosen theme, compressed, with its policy."""

import gzip
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from .. import __version__
from ..page_files import TEMPLATES
from ..vocabulary.palette import GROUND
from . import assets
from .files import accepts
from .security_headers import security_policy

if TYPE_CHECKING:
    from jinja2 import Environment


def answer_page(
    request: Request,
    template: str,
    style_parts: tuple[str, ...],
    status: int = 200,
    *,
    framed_by: str = "'none'",
    **context: Any,
) -> HTMLResponse:
    """Answers with a page.

    Args:
        request: it is compressed for whoever asks: on a slow line that halves the wait. It holds no
            secret that its length could betray, for tokens are kept in cookies.
        template: its file below `templates`.
        style_parts: the style sheets that stand in the page itself.
        status: of the answer.
        framed_by: whose pages may show it in a frame.
        context: what else the template names.
    """
    first_style, style_source = assets.inline_style(style_parts)
    page = _templates(request.app.state.settings.cache_folder).get_template(template)
    html = page.render(
        root=_way_up(request.url.path),
        first_style=first_style,
        version=__version__,
        ground=GROUND,
        theme=_chosen_theme(request),
        **context,
    )
    response = _packed(request, html.encode(), status)
    response.headers["Content-Security-Policy"] = security_policy(style_source, framed_by=framed_by)
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
    headers = {"Vary": "Accept-Encoding"}
    if accepts(request.headers.get("accept-encoding", ""), "gzip"):
        html = gzip.compress(html, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(html, status, headers)


@cache
def _templates(cache_folder: Path) -> "Environment":
    """Return what fills templates in. It keeps them compiled, which is most of a first page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from .kept_templates import KeptTemplates

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=KeptTemplates(cache_folder / "templates"),
    )
