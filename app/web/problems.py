"""The one shape of every error answer, and how whatever goes wrong is put into it."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from ..store import DatabaseUnusable, RunUnknown, StoreError, SweepChanged, SweepUnknown
from .answers.exchanged import Exchanged
from .complaints import first_complaint


class ErrorDetail(Exchanged):
    """What went wrong: a word for programs, a sentence for people, and where to mend it."""

    code: str
    message: str
    field: str | None = None
    limit: float | None = None


class ErrorAnswer(Exchanged):
    """What every answer of status 400 and above holds."""

    error: ErrorDetail


class Problem(Exception):
    """Ends a request with an error answer.

    `field` is the dotted path of what would have to change, `limit` the nearest value that would
    have been accepted.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        limit: float | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.detail = ErrorDetail(code=code, message=message, field=field, limit=limit)
        self.headers = headers

    def response(self) -> JSONResponse:
        """Returns the answer that says so."""
        body = ErrorAnswer(error=self.detail).model_dump()
        return JSONResponse(body, self.status, self.headers)


def install(app: FastAPI) -> None:
    """Makes `app` answer every exception in the one shape."""

    @app.exception_handler(Problem)
    async def _problem(_request: Request, problem: Problem) -> JSONResponse:
        return problem.response()

    @app.exception_handler(RequestValidationError)
    async def _parameters(_request: Request, invalid: RequestValidationError) -> JSONResponse:
        code, message, field, limit = first_complaint(invalid.errors(), skip=1)
        return Problem(422, code, message, field=field, limit=limit).response()

    @app.exception_handler(ValidationError)
    async def _body(_request: Request, invalid: ValidationError) -> JSONResponse:
        code, message, field, limit = first_complaint(
            invalid.errors(include_url=False), of_recipe=invalid.title == "Recipe"
        )
        return Problem(422, code, message, field=field, limit=limit).response()

    @app.exception_handler(HTTPException)
    async def _http(request: Request, refused: HTTPException) -> JSONResponse:
        return _from_status(request, refused).response()

    @app.exception_handler(ClientDisconnect)
    async def _hung_up(_request: Request, _gone: ClientDisconnect) -> Response:
        return Response(status_code=400)  # for whoever wrapped us: nobody is there to read it

    @app.exception_handler(StoreError)
    async def _store(_request: Request, problem: StoreError) -> JSONResponse:
        return from_store(problem).response()

    @app.exception_handler(Exception)
    async def _bug(_request: Request, _bug: Exception) -> JSONResponse:
        message = "Something went wrong inside the server; its log says what."
        return Problem(500, "internal", message).response()


def _from_status(request: Request, refused: HTTPException) -> Problem:
    status = HTTPStatus(refused.status_code)
    message = {
        HTTPStatus.NOT_FOUND: f"There is nothing at {request.url.path}; /docs lists what there is.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.method} isn't possible here.",
    }.get(status, f"{status.phrase}.")
    code = status.phrase.lower().replace(" ", "_")
    return Problem(status, code, message, headers=dict(refused.headers or {}))


def from_store(problem: StoreError) -> Problem:
    """Says what the store couldn't do."""
    if isinstance(problem, RunUnknown):
        return Problem(404, "run_unknown", _sentence(problem))
    if isinstance(problem, SweepUnknown):
        return Problem(404, "sweep_unknown", _sentence(problem))
    if isinstance(problem, SweepChanged):
        return Problem(409, "sweep_changed", _sentence(problem))
    if isinstance(problem, DatabaseUnusable):
        return Problem(500, "data_damaged", _sentence(problem))
    return Problem(503, "store_unavailable", _sentence(problem))


def _sentence(problem: Exception) -> str:
    text = str(problem)
    return f"{text[:1].upper()}{text[1:]}."
