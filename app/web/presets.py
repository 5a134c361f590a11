"""What one can start with: presets, previews, data sets."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from ..recipe import PRESETS, Recipe, resolve
from ..recipe.shapes import memory_bytes
from ..vocabulary.datasets import DATASETS
from .answers.plans import RecipePlan
from .answers.presets import (
    DatasetAnswer,
    DatasetList,
    PresetAnswer,
    PresetList,
    Preview,
    Samples,
)
from .asking import Asking
from .body import JsonObject
from .numeric import preview, sample_images
from .openapi import RECIPE_BODY, json_body
from .planning import plan_of
from .problems import Problem
from .run_kernels import resolve_with_kernels
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
async def preview_recipe(body: JsonObject, services: Serving, asking: Asking) -> Response:
    """Says what a recipe would make, frame 0 included; nothing is kept.

    ```sh
    curl --json '{"preset": "mnist-strokes"}' http://127.0.0.1:8000/api/recipes/preview
    ```
    """
    recipe = await resolve_with_kernels(body, services)
    layers = [
        {key: plan._asdict()[key] for key in ("name", "type", "output_shape", "parameters")}
        for plan in recipe.plan
    ]
    return await asking.tell(
        preview,
        recipe,
        services.settings.cache_folder,
        recipe=_plain(recipe),
        total_steps=recipe.total_steps,
        parameters=recipe.parameters,
        memory_bytes=memory_bytes(recipe.plan, recipe.batch_size),
        layers=layers,
    )


@router.post("/recipes/plan", openapi_extra=json_body(RECIPE_BODY))
async def plan_recipe(body: JsonObject, services: Serving) -> RecipePlan:
    """Says what a recipe would make as far as it can be made, what is wrong with it, and ways out.

    ```sh
    curl --json '{"preset": "mnist-strokes", "steps": 0}' http://127.0.0.1:8000/api/recipes/plan
    ```
    """
    return await plan_of(body, services)


@router.get("/datasets")
def list_datasets() -> DatasetList:
    """Lists the data sets: shape, classes, source, licence.

    ```sh
    curl http://127.0.0.1:8000/api/datasets
    ```
    """
    infos = [DatasetAnswer.model_validate(asdict(info)) for info in DATASETS.values()]
    return DatasetList(datasets=infos)


@router.get("/datasets/{name}/samples", response_model=Samples)
async def get_samples(
    services: Serving,
    asking: Asking,
    name: Annotated[str, Path(description="mnist, dead-leaves or gray-leaves")],
    split: Literal["train", "test"] = "test",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    count: Annotated[int, Query(ge=1, le=_MOST_SAMPLES)] = 16,
    scaling: Annotated[
        Literal["standard", "unit", "local-contrast"] | None,
        Query(description="asks for `inputs` too: the images as a network with it sees them"),
    ] = None,
    pixels: Literal["natural", "shuffled"] = "natural",
    seed: Annotated[int, Query(ge=0, lt=2**32, description="of shuffled pixels")] = 0,
) -> Response:
    """Returns images to look at, with their labels; fewer come back at the end of the split.

    ```sh
    curl 'http://127.0.0.1:8000/api/datasets/mnist/samples?split=test&start=0&count=4'
    ```
    """
    seen = {"scaling": scaling, "pixels": pixels, "seed": seed}
    if name not in DATASETS:
        message = f"There is no such data set; there are {', '.join(DATASETS)}."
        raise Problem(404, "dataset_unknown", message, field="name")
    return await asking.tell(
        sample_images,
        *(name, split, start, count, seen if scaling else None),
        services.settings.cache_folder,
        dataset=name,
        split=split,
        start=start,
        class_names=list(DATASETS[name].class_names),
    )


def _plain(recipe: Recipe) -> dict[str, Any]:
    return recipe.model_dump(exclude_none=True)
