"""Files of weights that somebody brings: opened as runs."""

import asyncio
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from pydantic import ConfigDict, Field

from ..external.recording import is_recording
from ..external.registration import plain_text
from ..opening.files import FileToOpen, NothingToOpen, files_at, title_of
from .answers.exchanged import Exchanged
from .answers.opening import HeldFiles, OpenedFiles
from .body import parsed, read_bytes
from .openapi import FILE
from .opener import OpenedRun
from .problems import Problem
from .proving import token_of
from .routes import Routes
from .services import Services, Serving
from .told_recordings import tell_recording

router = Routes(prefix="/api/open", tags=["files"])

Layout = Literal["hwio", "oihw"]
_LONGEST_NAME = 1000


class FilesToOpen(Exchanged):
    """Files to open together: those that were sent for a film, or those that lie at paths.

    Attributes:
        film: under which they were sent.
        paths: of files and folders beside the server; for commands that can read its data folder.
        name: what the run is called; unless said, as its file, or the folder of its files.
        layout: the order of a kernel's axes, for files that don't say it.
    """

    model_config = ConfigDict(extra="forbid")

    film: str | None = Field(None, pattern="^[0-9a-f-]{16,64}$")
    paths: list[str] | None = Field(None, min_length=1, max_length=2000)
    name: str | None = Field(None, max_length=_LONGEST_NAME)
    layout: Layout | None = None


BODIES = (FilesToOpen,)


@router.post(
    "",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": FILE,
                "application/json": {"schema": {"$ref": "#/components/schemas/FilesToOpen"}},
            },
        }
    },
    responses={
        201: {"model": OpenedFiles, "description": "The run is new."},
        202: {"model": HeldFiles, "description": "One file of a film is there."},
    },
)
async def open_files(
    request: Request,
    services: Serving,
    response: Response,
    name: Annotated[str, Query(max_length=_LONGEST_NAME, description="of the file")] = "",
    film: Annotated[
        str | None,
        Query(pattern="^[0-9a-f-]{16,64}$", description="made up for files opened together"),
    ] = None,
    layout: Annotated[Layout | None, Query(description="of kernels that don't say it")] = None,
) -> OpenedFiles | HeldFiles:
    """Opens a file of weights, or a recording of `watch`, as a run: the body as it is.

    Several files make a film: each is sent with the same `film`, then JSON with that opens them
    all. What a file holds is told by its content.

    ```sh
    curl --output net.keras 'http://127.0.0.1:8000/api/runs/latest/export?format=keras&step=first'
    curl --data-binary @net.keras -H 'Content-Type: application/octet-stream' \\
      'http://127.0.0.1:8000/api/open?name=net.keras'
    ```
    """
    services.opener.warm()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        text = await read_bytes(request, services.settings.max_array_body_bytes)
        body = FilesToOpen.model_validate(await asyncio.to_thread(parsed, text))
        opened = await _opened_together(request, services, body)
    elif film is not None:
        count, size = await services.uploads.hold(request, film, plain_text(name) or "file")
        response.status_code = 202
        return HeldFiles(film=film, files=count, bytes=size)
    else:
        shown = plain_text(name) or "Opened file"
        file = await services.uploads.receive(request, shown)
        try:
            if await asyncio.to_thread(is_recording, file.path):
                return await _recording_told(services, file.path, response)
            opened = await services.opener.open([file], shown, layout)
        finally:
            services.uploads.forget(file)
    response.status_code = 201 if opened.registered.is_new else 200
    return _answer(opened)


async def _recording_told(services: Services, path: Path, response: Response) -> OpenedFiles:
    told = await tell_recording(services.ingest, path)
    run, is_new = told.registered.run, told.registered.is_new
    response.status_code = 201 if is_new else 200
    steps = await asyncio.to_thread(services.store.snapshot_steps, run.id)
    notes = [] if told.cut is None else [f"The rest of the file isn't whole: {told.cut}."]
    return OpenedFiles(
        id=run.id, url=f"/runs/{run.id}", frames=len(steps), left_out=[], notes=notes
    )


async def _opened_together(request: Request, services: Services, body: FilesToOpen) -> OpenedRun:
    if (body.film is None) == (body.paths is None):
        message = "Say either film, after files were sent for it, or paths."
        raise Problem(422, "invalid", message, field="film")
    if body.paths is not None:
        _check_is_beside(request)
        files = await _listed(body.paths)
        return await services.opener.open(files, _name(body, files), body.layout)
    files = services.uploads.take(body.film or "")
    try:
        return await services.opener.open(files, _name(body, files), body.layout)
    finally:
        services.uploads.forget(*files)


def _check_is_beside(request: Request) -> None:
    """Lets commands name paths that can read the data folder's key, and nobody else.

    Neither the address nor the name of a request tells whether it comes from this machine: behind
    a relay all do.
    """
    shown = request.headers.get("authorization", "").partition(" ")[2]
    if not secrets.compare_digest(shown.encode(), token_of(request.app.state.key).encode()):
        message = (
            "Paths are opened for the command beside the server alone: use `filterscope open`, or "
            "send the file itself."
        )
        raise Problem(403, "not_beside", message, field="paths")


async def _listed(paths: list[str]) -> list[FileToOpen]:
    if any("\0" in path or not Path(path).is_absolute() for path in paths):
        raise Problem(422, "invalid", "Each path must be absolute.", field="paths")
    try:
        return await asyncio.to_thread(files_at, [Path(path) for path in paths])
    except NothingToOpen as why:
        text = str(why)
        raise Problem(422, "unreadable", f"{text[:1].upper()}{text[1:]}.", field="paths") from None


def _name(body: FilesToOpen, files: list[FileToOpen]) -> str:
    return body.name or title_of([file.name for file in files])


def _answer(opened: OpenedRun) -> OpenedFiles:
    run_id, told = opened.registered.run.id, dict[str, Any](opened.told)
    return OpenedFiles(id=run_id, url=f"/runs/{run_id}", **told)
