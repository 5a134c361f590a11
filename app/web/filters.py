"""Filters of one snapshot: what they look for; of one its story and which way it is pulled."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from ..external.sentences import unknown
from .answers.filters import ExpandedAnswer, FilterAnswer, GradientAnswer
from .asking import Asking
from .chosen import FoundSnapshot, check_known, layer_of, subject_of
from .numeric import expanded, pull, unit
from .routes import Routes
from .services import Serving

router = Routes(prefix="/api/runs/{run_id}/snapshots/{step}", tags=["filters"])


Layer = Annotated[str, Path(max_length=40, description="a conv layer", examples=["conv1"])]
Index = Annotated[int, Path(ge=0, le=2**31, description="counted from 0", examples=[0])]


@router.get("/filters/{layer}", response_model=ExpandedAnswer)
async def get_filters(
    chosen: FoundSnapshot, services: Serving, asking: Asking, layer: Layer
) -> Response:
    """Returns all filters of a layer, as they are and as weights of pixels.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/filters/conv2
    ```
    """
    layer_of(chosen.run, layer)
    check_known(chosen.run, "network")
    return await asking.tell(
        expanded, subject_of(services.settings, chosen), layer, step=chosen.step
    )


@router.get("/filters/{layer}/{index}", response_model=FilterAnswer)
async def get_filter(
    chosen: FoundSnapshot, services: Serving, asking: Asking, layer: Layer, index: Index
) -> Response:
    """Returns what one filter is, draws and answers to, after so many updates.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/filters/conv1/0
    ```
    """
    layer_of(chosen.run, layer)
    subject, reason = subject_of(services.settings, chosen), unknown(chosen.run.described, "data")
    return await asking.tell(unit, subject, layer, index, step=chosen.step, reason=reason)


@router.get("/filters/{layer}/{index}/gradient", response_model=GradientAnswer)
async def get_gradient(
    chosen: FoundSnapshot, services: Serving, asking: Asking, layer: Layer, index: Index
) -> Response:
    """Says which way the next batch pulls one filter, and where plain descent would take it.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/filters/conv1/0/gradient
    ```
    """
    layer_of(chosen.run, layer)
    check_known(chosen.run, "data")
    return await asking.tell(
        pull, subject_of(services.settings, chosen), layer, index, step=chosen.step
    )
