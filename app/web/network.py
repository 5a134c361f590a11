"""A whole network at a step, and what each of its layers makes of one image."""

import asyncio
import gzip
from typing import Annotated, Literal

from fastapi import Query, Request
from starlette.responses import Response

from .. import __version__
from .answers.network import NetworkAnswer
from .asking import Asking
from .chosen import Chosen, Step, check_known, found_snapshot, subject_of
from .downloads import tag_of, unchanged
from .files import accepts
from .numeric import network
from .routes import Routes
from .services import FoundRun, Serving

router = Routes(prefix="/api", tags=["filters"])

# Weights of a step never change; what is told of them may with the next version of the program.
_KEPT = "private, max-age=300, immutable"


@router.get(
    "/runs/{run_id}/snapshots/{step}/network",
    response_model=NetworkAnswer,
    responses={304: {"description": "the asker has it already"}},
)
async def get_network(
    request: Request,
    run: FoundRun,
    step: Step,
    services: Serving,
    asking: Asking,
    index: Annotated[int, Query(ge=0, le=2**31, description="of an image, from 0")] = 0,
    split: Literal["train", "test"] = "test",
) -> Response:
    """Gives all layers' feature maps of an image, in bytes, and which maps feed which.

    ```sh
    curl --compressed 'http://127.0.0.1:8000/api/runs/latest/snapshots/latest/network?index=7'
    ```
    """
    check_known(run, "data")
    chosen = Chosen(run, int(step) if step.isascii() and step.isdecimal() else -1)
    if (run.id, chosen.step, index, split) not in services.shared:
        chosen = await asyncio.to_thread(found_snapshot, run, services, step)
    key = (run.id, chosen.step, index, split)
    is_lasting = step == str(chosen.step)
    headers = {
        "ETag": tag_of("network", __version__, *key),
        "Cache-Control": _KEPT if is_lasting else "private, no-cache",
        "Vary": "Accept-Encoding",
    }
    if unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    subject = subject_of(services.settings, chosen)
    content = await asking.share(services.shared, key, network, subject, index, split)
    if accepts(request.headers.get("accept-encoding", ""), "gzip"):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return Response(content, media_type="application/json", headers=headers)
