"""One filter of one snapshot: its story, what drives it most, which way it is pulled."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse

from ..events import StoredArray
from ..external.sentences import unknown
from ..vocabulary.layers.naming import kernel_name
from .answers.filters import FilterAnswer, GradientAnswer
from .asking import ask
from .chosen import Chosen, FoundSnapshot, check_known, layer_of, snapshot_at
from .numeric import Weights, pull, unit
from .problems import Problem
from .services import Services, Serving

router = APIRouter(prefix="/api/runs/{run_id}/snapshots/{step}", tags=["filters and images"])


Layer = Annotated[str, Path(max_length=40, description="a conv layer", examples=["conv1"])]
Index = Annotated[int, Path(ge=0, le=2**31, description="counted from 0", examples=[0])]


@router.get("/filters/{layer}/{index}", response_model=FilterAnswer)
async def get_filter(
    chosen: FoundSnapshot, services: Serving, layer: Layer, index: Index
) -> JSONResponse:
    """What one filter is, draws and answers to, after so many updates.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/filters/conv1/0
    ```
    """
    _check(chosen, layer, index)
    first = await asyncio.to_thread(_kernel_of_frame_0, services, chosen, kernel_name(layer))
    weights = Weights(chosen.run.recipe, chosen.conv_arrays, services.settings.cache_folder)
    told = await ask(services, unit, weights, layer, index, first)
    reason = unknown(chosen.run.described, "data")
    return JSONResponse({"step": chosen.snapshot.step, **told, "reason": reason})


@router.get("/filters/{layer}/{index}/gradient", response_model=GradientAnswer)
async def get_gradient(
    chosen: FoundSnapshot, services: Serving, layer: Layer, index: Index
) -> JSONResponse:
    """Which way the next batch pulls one filter, and where plain descent would take it.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/filters/conv1/0/gradient
    ```
    """
    _check(chosen, layer, index)
    step = chosen.snapshot.step
    check_known(chosen.run, "data")
    rate = await asyncio.to_thread(_start_rate, services, chosen)
    weights = Weights(chosen.recipe, chosen.arrays, services.settings.cache_folder)
    told = await ask(services, pull, weights, step, rate, layer, index)
    return JSONResponse({"step": step, **told})


def _check(chosen: Chosen, layer: str, index: int) -> None:
    layer_of(chosen.run, layer)
    filters = chosen.snapshot.arrays[kernel_name(layer)].shape[3]
    if index >= filters:
        message = f"{layer} has {filters} filters, counted from 0."
        raise Problem(404, "no_filter", message, field="index", limit=filters - 1)


def _kernel_of_frame_0(services: Services, chosen: Chosen, name: str) -> StoredArray:
    return snapshot_at(services, chosen.run.id, chosen.steps[0]).arrays[name]


def _start_rate(services: Services, chosen: Chosen) -> float | None:
    """What somebody set the learning rate to before the snapshot's next update, if anybody did."""
    changes = services.store.bodies(chosen.run.id, "learning_rate_changed")
    before = [body["learning_rate"] for body in changes if body["step"] <= chosen.snapshot.step]
    return before[-1] if before else None
