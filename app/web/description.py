"""The interface's description as it is handed out: with the address to call it by."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from .forwarded import address_of
from .routes import Routes

router = Routes()


@router.api_route("/openapi.json", methods=["GET", "HEAD"], include_in_schema=False)
def get_description(request: Request) -> JSONResponse:
    """Describes the interface to programs, behind a proxy too."""
    host = request.scope.get("filterscope.seen_host") or request.url.netloc
    address = f"{request.url.scheme}://{host}{address_of(request, '')}"
    return JSONResponse({**request.app.openapi(), "servers": [{"url": address}]})
