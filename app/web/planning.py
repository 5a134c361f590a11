"""What a recipe that is being made would make: shapes, costs, faults, and ways out of them."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from ..recipe import Recipe
from ..recipe.draft import Fault, faults_in, outline
from ..recipe.durations import SeenRun, expected_seconds
from ..recipe.mending import mends_of
from ..recipe.mending.edits import layer_index, path_of
from ..recipe.mending.mends import FaultPlace
from ..recipe.own_pictures import drafted_dataset
from ..recipe.resolution import merged
from ..recipe.shapes import memory_bytes
from ..store import RunRow, Store
from ..vocabulary.layers import AnyLayer
from .answers.plans import MendAnswer, PlannedLayer, PlanProblem, RecipePlan
from .complaints import Complaint, complaint_of
from .own_pictures import folder_of, with_own_pictures
from .problems import Problem
from .run_kernels import with_kernels
from .services import Services

_MOST_SEEN = 30
_MOST_PROBLEMS = 5
_STEMS = {layer.type: layer.stem for layer in get_args(AnyLayer)}


async def plan_of(body: Mapping[str, Any], services: Services) -> RecipePlan:
    """Plans the recipe that a request describes; pydantic.ValidationError for a preset that isn't
    one.
    """
    folder = folder_of(services.settings)
    return await asyncio.to_thread(_plan, _drafted(body, folder), services.store)


def _drafted(body: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Gives the whole draft; where it names pictures that aren't here, its faults will say so."""
    try:
        return with_own_pictures(body, folder)
    except Problem:
        return {key: value for key, value in merged(body).items() if key != "own"}


def _plan(draft: dict[str, Any], store: Store) -> RecipePlan:
    faults = [(fault.rule, complaint_of(fault.error)) for fault in faults_in(draft)]
    recipe = None if faults else Recipe.model_validate(draft)
    if recipe is not None:
        faults = _faults_of_kernels(recipe, store)
    layers = _layers(draft)
    return RecipePlan(
        layers=layers,
        parameters=sum(layer.parameters or 0 for layer in layers),
        total_steps=recipe.total_steps if recipe else None,
        steps_per_epoch=_steps_per_epoch(draft),
        seconds=expected_seconds(recipe, seen_runs(store)) if recipe else None,
        memory_bytes=memory_bytes(recipe.plan, recipe.batch_size) if recipe else None,
        problems=[_problem(draft, *fault) for fault in faults[:_MOST_PROBLEMS]],
    )


def _faults_of_kernels(recipe: Recipe, store: Store) -> list[tuple[str, Complaint]]:
    """Lists what is wrong with other runs' filters that the recipe begins with."""
    try:
        with_kernels(recipe, store)
    except Problem as problem:
        detail = problem.detail
        return [("field", Complaint(detail.code, detail.message, detail.field, detail.limit))]
    except ValidationError as invalid:
        return [("shapes", complaint_of(invalid.errors(include_url=False)[0]))]
    return []


def places_in(draft: Mapping[str, Any]) -> list[FaultPlace]:
    """Tells where a draft is wrong."""
    return [_place(fault) for fault in faults_in(draft)]


def _place(fault: Fault) -> FaultPlace:
    complaint = complaint_of(fault.error)
    return FaultPlace(fault.rule, complaint.field or "", complaint.limit)


def _problem(draft: dict[str, Any], rule: str, complaint: Complaint) -> PlanProblem:
    place = FaultPlace(rule, complaint.field or "", complaint.limit)
    mends = mends_of(draft, place, places_in)
    return PlanProblem(
        **complaint._asdict(),
        layer=layer_index(path_of(place.field)),
        mends=[MendAnswer.model_validate(mend._asdict()) for mend in mends],
    )


def _layers(draft: dict[str, Any]) -> list[PlannedLayer]:
    plans = outline(draft)
    told = [
        PlannedLayer(
            name=plan.name,
            type=plan.type,
            output_shape=list(plan.output_shape),
            parameters=plan.parameters,
            trainable_parameters=plan.trainable_parameters,
        )
        for plan in plans
    ]
    raw = draft.get("layers")
    kinds = [_kind(layer) for layer in raw] if isinstance(raw, list) else []
    counts: Counter[str] = Counter(kinds[: len(plans)])
    for kind in kinds[len(plans) :]:
        counts[kind] += 1
        name = f"{_STEMS.get(kind, kind)}{counts[kind]}"
        told.append(
            PlannedLayer(
                name=name, type=kind, output_shape=None, parameters=None, trainable_parameters=None
            )
        )
    return told


def _kind(layer: object) -> str:
    kind = layer.get("type") if isinstance(layer, dict) else None
    return kind[:40] if isinstance(kind, str) else "unknown"


def _steps_per_epoch(draft: dict[str, Any]) -> int | None:
    dataset = drafted_dataset(draft)
    batch = draft.get("batch_size", 64)
    if dataset is None or not isinstance(batch, int) or not 0 < batch <= dataset.train_size:
        return None
    return dataset.train_size // batch


def seen_runs(store: Store) -> list[SeenRun]:
    """Returns what was trained here lately and how long that took."""
    return [seen for row in store.runs(_MOST_SEEN) if (seen := _seen_run(row))]


def _seen_run(row: RunRow) -> SeenRun | None:
    if row.status != "finished" or not row.recipe or row.training_seconds <= 0:
        return None
    return SeenRun(_recipe(row.recipe), row.training_seconds)


@lru_cache(_MOST_SEEN)
def _recipe(text: str) -> Recipe:
    return Recipe.model_validate_json(text)
