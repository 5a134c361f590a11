"""One filter of one snapshot: its story, its picture in pixels, what drives it most."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse

from app.events import StoredArray
from app.web.answers.filters import FilterAnswer
from app.web.asking import ask
from app.web.chosen import Chosen, FoundSnapshot, layer_of, snapshot_at
from app.web.numeric import Weights, unit
from app.web.problems import Problem
from app.web.services import Services, Serving

router = APIRouter(prefix="/api/runs/{run_id}/snapshots/{step}", tags=["filters and images"])


@router.get("/filters/{layer}/{index}", response_model=FilterAnswer)
async def get_filter(
    chosen: FoundSnapshot,
    services: Serving,
    layer: Annotated[str, Path(max_length=40, description="a conv layer", examples=["conv1"])],
    index: Annotated[int, Path(ge=0, le=2**31, description="counted from 0", examples=[0])],
) -> JSONResponse:
    """What one filter is, draws and answers to, after so many updates.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/filters/conv1/0
    ```
    """
    layer_of(chosen.run, layer)
    kernel = chosen.snapshot.arrays[f"{layer}/kernel"]
    filters = kernel.shape[3]
    if index >= filters:
        message = f"{layer} has {filters} filters, counted from 0."
        raise Problem(404, "no_filter", message, field="index", limit=filters - 1)
    first = await asyncio.to_thread(_kernel_of_frame_0, services, chosen, f"{layer}/kernel")
    weights = Weights(chosen.run.recipe, chosen.conv_arrays, services.settings.cache_folder)
    told = await ask(services, unit, weights, layer, index, first)
    return JSONResponse({"step": chosen.snapshot.step, **told})


def _kernel_of_frame_0(services: Services, chosen: Chosen, name: str) -> StoredArray:
    return snapshot_at(services, chosen.run.id, chosen.steps[0]).arrays[name]
