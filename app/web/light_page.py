"""The light page, by which phones follow a teacher: what is seen now comes with the page itself."""

import base64
import json
from functools import cache

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ..page_files import STATIC
from .assets import LIGHT_STYLE_PARTS, light_modules
from .page_answer import answer_page
from .routes import Routes
from .services import Serving

router = Routes()


@router.api_route("/class", methods=["GET", "HEAD"], include_in_schema=False)
async def light_page(request: Request, services: Serving) -> HTMLResponse:
    """Answers with the page for followers."""
    place = services.classroom.place
    shown = await services.blackboard.read()
    told = {"place": place and place.model_dump(), **{k: json.loads(v) for k, v in shown.items()}}
    return answer_page(
        request,
        "class.html",
        LIGHT_STYLE_PARTS,
        shown=json.dumps(told, separators=(",", ":")),
        icon=_icon(),
        modules=light_modules(),
        code=request.app.state.join_code,
    )


@cache
def _icon() -> str:
    """Returns the icon as an address holds it: asked for by itself, it would cost a request."""
    return base64.b64encode((STATIC / "favicon.svg").read_bytes()).decode()
