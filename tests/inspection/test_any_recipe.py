"""Whatever can be trained can be looked at, and what is told of it is always JSON."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.events import EncodedEvent, StoredArray
from app.inspection.arrays import unpacked
from app.inspection.patches import MOST_IMAGES, driven
from app.inspection.place import place_in_network
from app.inspection.refused import Refused
from app.inspection.seen import activations
from app.inspection.snapshot import KeptSnapshot
from app.inspection.unit import unit
from app.recipe import Recipe, resolve
from app.training.preview import first_snapshot
from tests.recipe.strategies import recipes

IMAGE = {"index": 3, "split": "test", "image": None, "png": None}
PLACE = {"filter": 0, "row": 0, "column": 0, "flip": False, "padding": None, "strides": None}


def _kept(
    recipe: Recipe, event: EncodedEvent, cache_folder: Path, factor: float = 1
) -> KeptSnapshot:
    arrays = tuple(
        StoredArray(
            array.name, array.shape, (unpacked([array])[array.name] * np.float32(factor)).tobytes()
        )
        for array in event.arrays
    )
    return KeptSnapshot(recipe.model_dump_json(exclude_none=True), arrays, cache_folder)


def _layers(recipe: Recipe) -> tuple[str, ...]:
    return tuple(plan.name for plan in recipe.plan if plan.type == "conv2d")


def _look_at_all(kept: KeptSnapshot, event: EncodedEvent) -> None:
    first = {array.name: array for array in event.arrays}
    layers = _layers(kept.recipe)
    told: list[Any] = [activations(kept, layers, IMAGE)]
    for layer in layers:
        last = first[f"{layer}/kernel"].shape[3] - 1
        told.append(unit(kept, layer, last, first[f"{layer}/kernel"]))
        told.append(place_in_network(kept, IMAGE | PLACE | {"layer": layer}))
    json.dumps(told, allow_nan=False)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=recipes())
def test_any_valid_recipe_can_be_looked_at(cache_folder: Path, body: dict[str, Any]) -> None:
    recipe = Recipe.model_validate(body)
    event = first_snapshot(recipe, cache_folder)
    _look_at_all(_kept(recipe, event, cache_folder), event)


@pytest.mark.parametrize("factor", [0, 1e-30, 1e20, 1e37])
def test_weights_of_any_size_give_numbers_that_json_knows(
    cache_folder: Path, factor: float
) -> None:
    recipe = resolve({"preset": "mnist-two-layers"})
    event = first_snapshot(recipe, cache_folder)
    _look_at_all(_kept(recipe, event, cache_folder, factor), event)


def test_a_costly_layer_is_tried_on_fewer_images(cache_folder: Path) -> None:
    recipe = resolve({"preset": "keras-mnist"})
    kept = _kept(recipe, first_snapshot(recipe, cache_folder), cache_folder)
    assert driven(kept, "conv1").images == MOST_IMAGES
    assert 500 < driven(kept, "conv2").images < MOST_IMAGES


def test_a_layer_is_looked_through_once(cache_folder: Path) -> None:
    recipe = resolve({"preset": "mnist-two-layers"})
    event = first_snapshot(recipe, cache_folder)
    one, equal = (_kept(recipe, event, cache_folder) for _ in range(2))
    assert driven(one, "conv2") is driven(equal, "conv2")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    row=st.integers(0, 12),
    column=st.integers(0, 12),
    strides=st.none() | st.integers(1, 32),
    padding=st.sampled_from([None, "valid", "same"]),
)
def test_any_place_is_worked_out_or_refused_with_the_last_there_is(
    cache_folder: Path, row: int, column: int, strides: int | None, padding: str | None
) -> None:
    recipe = resolve({"preset": "mnist-strokes"})
    kept = _kept(recipe, first_snapshot(recipe, cache_folder), cache_folder)
    chosen = {
        "layer": "conv1",
        "row": row,
        "column": column,
        "strides": strides,
        "padding": padding,
    }
    question = IMAGE | PLACE | chosen
    refused: Refused | None = None
    try:
        told = place_in_network(kept, question)
    except Refused as why:
        refused = why
    if refused is not None:
        assert refused.field in ("row", "column")
        nearest = {"row": 0, "column": 0, refused.field: refused.limit}
        told = place_in_network(kept, question | nearest)
    assert np.sum(told["products"]) == pytest.approx(told["sum"])
