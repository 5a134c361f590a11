"""What one can start with: presets, previews, data sets."""

import base64
import json
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import JSONResponse

from ..events import streamed_kernel, wire_data
from ..recipe import PRESETS, Recipe, resolve
from ..recipe.shapes import memory_bytes
from ..vocabulary.datasets import DATASETS
from .answers.history import TypedArray
from .answers.presets import (
    DatasetAnswer,
    DatasetList,
    PresetAnswer,
    PresetList,
    Preview,
    Samples,
)
from .asking import ask
from .body import json_object
from .numeric import first_snapshot, sample_images
from .openapi import RECIPE_BODY, json_body
from .problems import Problem
from .services import Serving

router = APIRouter(prefix="/api", tags=["what to start with"])

_MOST_SAMPLES = 256


@router.get("/presets")
def list_presets() -> PresetList:
    """Recipes worth starting with, a sentence each.

    ```sh
    curl http://127.0.0.1:8000/api/presets
    ```
    """
    presets = []
    for preset in PRESETS.values():
        recipe = resolve({"preset": preset.name})
        told = {**preset._asdict(), "recipe": _plain(recipe), "total_steps": recipe.total_steps}
        presets.append(PresetAnswer.model_validate(told))
    return PresetList(presets=presets)


@router.post("/recipes/preview", response_model=Preview, openapi_extra=json_body(RECIPE_BODY))
async def preview_recipe(
    body: Annotated[dict[str, Any], Depends(json_object)], services: Serving
) -> JSONResponse:
    """Says what a recipe would make, frame 0 included; nothing is kept.

    ```sh
    curl --json '{"preset": "mnist-strokes"}' http://127.0.0.1:8000/api/recipes/preview
    ```
    """
    recipe = resolve(body)
    event = await ask(services, first_snapshot, recipe, services.settings.cache_folder)
    layers = [
        {key: plan._asdict()[key] for key in ("name", "type", "output_shape", "parameters")}
        for plan in recipe.plan
    ]
    return JSONResponse(
        {
            "recipe": _plain(recipe),
            "total_steps": recipe.total_steps,
            "parameters": recipe.parameters,
            "memory_bytes": memory_bytes(recipe.plan, recipe.batch_size),
            "layers": layers,
            "snapshot": json.loads(wire_data(event.body, streamed_kernel(event))),
        }
    )


@router.get("/datasets")
def list_datasets() -> DatasetList:
    """Lists the data sets: shape, classes, source, licence.

    ```sh
    curl http://127.0.0.1:8000/api/datasets
    ```
    """
    infos = [DatasetAnswer.model_validate(asdict(info)) for info in DATASETS.values()]
    return DatasetList(datasets=infos)


@router.get("/datasets/{name}/samples")
async def get_samples(
    services: Serving,
    name: Annotated[str, Path(description="mnist, dead-leaves or gray-leaves")],
    split: Literal["train", "test"] = "test",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    count: Annotated[int, Query(ge=1, le=_MOST_SAMPLES)] = 16,
) -> Samples:
    """Returns images to look at, with their labels; fewer come back at the end of the split.

    ```sh
    curl 'http://127.0.0.1:8000/api/datasets/mnist/samples?split=test&start=0&count=4'
    ```
    """
    if name not in DATASETS:
        message = f"There is no such data set; there are {', '.join(DATASETS)}."
        raise Problem(404, "dataset_unknown", message, field="name")
    cache_folder = services.settings.cache_folder
    drawn = await ask(services, sample_images, name, split, start, count, cache_folder)
    shape, data, labels = drawn
    text = base64.b64encode(data).decode()
    return Samples(
        dataset=name,
        split=split,
        start=start,
        images=TypedArray(dtype="u1", shape=", ".join(map(str, shape)), bdata=text),
        labels=labels,
        class_names=list(DATASETS[name].class_names),
    )


def _plain(recipe: Recipe) -> dict[str, Any]:
    return recipe.model_dump(exclude_none=True)
