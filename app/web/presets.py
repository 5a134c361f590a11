"""What one can start with: presets and previews."""

from typing import Any

from starlette.responses import Response

from ..recipe import PRESETS, Recipe, resolve
from ..recipe.shapes import memory_bytes
from .answers.plans import RecipePlan
from .answers.presets import PresetAnswer, PresetList, Preview
from .asking import Asking
from .body import JsonObject
from .numeric import preview
from .openapi import RECIPE_BODY, json_body
from .planning import plan_of
from .routes import Routes
from .run_kernels import resolve_with_kernels
from .services import Serving

router = Routes(prefix="/api", tags=["recipes"])


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


def _plain(recipe: Recipe) -> dict[str, Any]:
    return recipe.model_dump(exclude_none=True)
