"""Every mend that is offered leads to a recipe without what it mends."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.recipe import Recipe
from app.recipe.mending import mends_of
from app.recipe.mending.mends import is_still_wrong, weight_of
from app.recipe.resolution import merged
from app.web.planning import places_in
from tests.recipe.strategies import recipes

CONV: dict[str, Any] = {"type": "conv2d", "filters": 8, "kernel_size": 3}
TEN: dict[str, Any] = {"type": "dense", "units": 10}
FLAT, POOL = {"type": "flatten"}, {"type": "max_pool2d"}
GABOR = {"type": "bank", "name": "gabor"}
CODE = {"objective": {"type": "sparse-code"}}

STACKS: dict[str, list[Any]] = {
    "a window too large": [CONV, POOL, POOL, POOL, {**CONV, "kernel_size": 7}, FLAT, TEN],
    "dense on an image": [CONV, TEN],
    "a convolution of a vector": [CONV, FLAT, CONV, TEN],
    "nothing to watch": [FLAT, TEN],
    "depthwise first": [{"type": "depthwise_conv2d", "kernel_size": 3}, CONV, FLAT, TEN],
    "too few answers": [CONV, FLAT, {**TEN, "units": 7}],
    "an activation at the end": [CONV, FLAT, {**TEN, "activation": "relu"}],
    "no answers": [CONV],
    "nothing that learns": [{**CONV, "trainable": False}, FLAT, {**TEN, "trainable": False}],
    "too large": [{**CONV, "filters": 1024}, FLAT, {**TEN, "units": 4096}, TEN],
    "a bank on 1×1": [{**CONV, "kernel_size": 1, "kernel_initializer": GABOR}, FLAT, TEN],
    "an unknown bank": [{**CONV, "kernel_initializer": {"type": "bank", "name": "x"}}, FLAT, TEN],
    "a size beyond what is possible": [{**CONV, "kernel_size": 40}, FLAT, TEN],
    "a share of one": [CONV, FLAT, {"type": "dropout", "rate": 1.0}, TEN],
    "a layer that isn't there": [CONV, {"type": "lstm"}, FLAT, TEN],
    "a setting that isn't there": [{**CONV, "groups": 2}, FLAT, TEN],
    "a setting that is missing": [{"type": "conv2d"}, FLAT, TEN],
    "no layers": [],
    "too many layers": [{**CONV, "kernel_size": 1}] * 40,
}  # fmt: skip
WHOLES: dict[str, dict[str, Any]] = {
    "pictures without classes": {"dataset": "gray-leaves"},
    "pictures that aren't there": {"dataset": "cats"},
    "a code of many layers": CODE,
    "a code with a stride": {**CODE, "layers": [{**CONV, "strides": 2}]},
    "a code with spoilt labels": {**CODE, "layers": [CONV], "labels": "random"},
    "a batch too large": {"batch_size": 100_000},
    "a batch that doesn't fit": {
        "batch_size": 1024,
        "layers": [{**CONV, "filters": 512}, FLAT, TEN],
    },
    "a length said twice": {"epochs": 3},
    "a length never said": {"steps": None},
    "too many epochs": {"steps": None, "epochs": 1000, "batch_size": 1},
    "a rate below zero": {"optimizer": {"type": "sgd", "learning_rate": -1}},
    "an optimiser that isn't there": {"optimizer": {"type": "zeno", "learning_rate": 1}},
    "a seed below zero": {"seed": -1},
}
BROKEN = {name: {"layers": stack} for name, stack in STACKS.items()} | WHOLES


def check_mends(draft: dict[str, Any]) -> int:
    """Checks every mend of every fault, and counts them."""
    places = places_in(draft)
    offered = 0
    for place in places:
        for mend in mends_of(draft, place, places_in):
            left = places_in(mend.recipe)
            assert not is_still_wrong(draft, place, mend.recipe, left), mend.sentence
            assert weight_of(left) <= weight_of(places), mend.sentence
            if not left:
                Recipe.model_validate(mend.recipe)
            offered += 1
    return offered


@pytest.mark.parametrize("what", BROKEN)
def test_whatever_cannot_be_has_a_mend_that_mends_it(what: str) -> None:
    draft = merged({"preset": "dead-leaves"}) | BROKEN[what]
    assert places_in(draft)
    assert check_mends(draft) > 0


@pytest.mark.parametrize("what", BROKEN)
def test_taking_the_first_mend_again_and_again_ends_with_a_recipe(what: str) -> None:
    draft = merged({"preset": "dead-leaves"}) | BROKEN[what]
    for _ in range(8):
        places = places_in(draft)
        if not places:
            break
        draft = mends_of(draft, places[0], places_in)[0].recipe
    Recipe.model_validate(draft)


def test_a_window_that_does_not_fit_is_offered_the_size_that_does_the_border_and_the_pool() -> None:
    stack = [{**CONV, "kernel_size": 9, "strides": 4}, POOL, {**CONV, "kernel_size": 5}, FLAT, TEN]
    draft = merged({"preset": "dead-leaves"}) | {"layers": stack}
    [place] = places_in(draft)
    assert (place.rule, place.field, place.limit) == ("shapes", "layers.2.kernel_size", 3)
    sentences = [mend.sentence for mend in mends_of(draft, place, places_in)]
    assert sentences == ["Make it 3×3", "Border: same", "Drop the pool"]


BREAKAGES = st.sampled_from(
    ["kernel_size", "pool_size", "strides", "units", "type", "order", "drop"]
)


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """A recipe of which up to three things are made otherwise, most of them for the worse."""
    recipe = draw(recipes())
    layers = [dict(layer) for layer in recipe["layers"]]
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(layers) - 1))
        how = draw(BREAKAGES)
        if how == "order":
            layers.insert(draw(st.integers(0, len(layers) - 1)), layers.pop(place))
        elif how == "drop" and len(layers) > 1:
            del layers[place]
        elif how == "type":
            layers[place] = dict(draw(st.sampled_from([FLAT, POOL, TEN, CONV])))
        elif how in layers[place]:
            layers[place][how] = draw(st.integers(-1, 14))
    return recipe | {"layers": layers}


@settings(max_examples=120, deadline=None)
@given(broken())
def test_no_mend_of_any_broken_recipe_leaves_what_it_mends(draft: dict[str, Any]) -> None:
    check_mends(draft)
