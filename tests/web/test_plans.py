"""What a recipe would make as far as it can be made, and what is wrong with it."""

from typing import Any

import httpx
import pytest

from app.recipe import PRESETS, Recipe, resolve
from app.recipe.durations import SeenRun, expected_seconds
from app.web.answers.plans import RecipePlan

CONV: dict[str, Any] = {"type": "conv2d", "filters": 8, "kernel_size": 3}
FLAT, POOL = {"type": "flatten"}, {"type": "max_pool2d", "pool_size": 2}
TEN = {"type": "dense", "units": 10}


def plan(client: httpx.Client, **recipe: Any) -> RecipePlan:
    answer = client.post("/api/recipes/plan", json={"preset": "dead-leaves", **recipe})
    assert answer.status_code == 200, answer.text
    return RecipePlan.model_validate(answer.json())


def test_presets_are_planned_as_their_recipes_say(client: httpx.Client) -> None:
    for name in PRESETS:
        told = plan(client, preset=name)
        recipe = resolve({"preset": name})
        assert told.problems == []
        assert [(one.name, one.output_shape, one.parameters) for one in told.layers] == [
            (one.name, list(one.output_shape), one.parameters) for one in recipe.plan
        ]
        assert (told.parameters, told.total_steps) == (recipe.parameters, recipe.total_steps)
        assert told.steps_per_epoch == recipe.steps_per_epoch
        assert told.seconds is not None
        assert told.seconds > 0


def test_what_comes_before_and_behind_a_layer_that_cannot_be(client: httpx.Client) -> None:
    stack = [CONV, POOL, POOL, POOL, {**CONV, "kernel_size": 5}, FLAT, TEN]
    told = plan(client, layers=stack)
    shapes = [layer.output_shape for layer in told.layers]
    assert shapes[:4] == [[30, 30, 8], [15, 15, 8], [7, 7, 8], [3, 3, 8]]
    assert shapes[4:] == [None] * 3
    assert [layer.name for layer in told.layers][4:] == ["conv2", "flatten1", "dense1"]
    assert told.parameters == 3 * 3 * 3 * 8 + 8
    assert (told.seconds, told.total_steps) == (None, None)
    [problem] = told.problems
    assert (problem.layer, problem.field, problem.limit) == (4, "layers.4.kernel_size", 3)
    assert problem.mends[0].sentence == "Make it 3×3"


def test_a_mend_that_is_taken_can_be_trained_once_nothing_is_left(client: httpx.Client) -> None:
    told = plan(client, layers=[CONV, TEN])
    mended = told.problems[0].mends[0].recipe
    assert plan(client, **mended).problems == []
    assert Recipe.model_validate(mended).layers[1].type == "flatten"


def test_several_things_that_cannot_be_are_told_at_once(client: httpx.Client) -> None:
    told = plan(client, seed=-1, batch_size=0, optimizer={"learning_rate": -1})
    assert {problem.field for problem in told.problems} == {
        "seed",
        "batch_size",
        "optimizer.learning_rate",
    }
    broken = plan(client, layers=[CONV, TEN, FLAT], epochs=1, steps=1)
    assert {problem.field for problem in broken.problems} == {"steps", "layers.1", "layers.2"}


def test_filters_of_a_run_that_is_gone_are_told_with_a_way_out(client: httpx.Client) -> None:
    start = {"type": "run", "run": "000000000000"}
    told = plan(client, layers=[{**CONV, "kernel_initializer": start}, FLAT, TEN])
    [problem] = told.problems
    assert (problem.code, problem.layer) == ("run_unknown", 0)
    assert [mend.sentence for mend in problem.mends] == ["Start by chance"]


ODD: list[dict[str, Any]] = [
    {"layers": 3},
    {"layers": [3, None, []]},
    {"layers": [{"type": {}}]},
    {"layers": [{**CONV, "kernel_initializer": {"type": 3}}, FLAT, TEN]},
    {"layers": None},
    {"dataset": ["mnist"]},
    {"batch_size": "many"},
    {"optimizer": None},
    {"objective": "sparse-code"},
    {"objective": {"type": "sparse-code"}, "layers": [POOL]},
    {"objective": {"type": "sparse-code"}, "layers": []},
    {"seed": 10**300},
    {"lessons": {"a": [1]}},
]


def test_a_draft_of_any_kind_is_told_what_is_wrong_with_it(client: httpx.Client) -> None:
    for odd in ODD:
        assert plan(client, **odd).problems, odd


def test_an_unknown_preset_is_an_error_like_any_other(client: httpx.Client) -> None:
    answer = client.post("/api/recipes/plan", json={"preset": "cats"})
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "preset"


def test_runs_seen_here_say_how_fast_this_machine_is() -> None:
    recipe = resolve({"preset": "dead-leaves"})
    usual = expected_seconds(recipe)
    slow = SeenRun(recipe, 3 * usual)
    other = SeenRun(resolve({"preset": "keras-mnist"}), 1.0)
    assert expected_seconds(recipe, [other, slow]) == pytest.approx(3 * usual)
    longer = resolve({"preset": "dead-leaves", "steps": 4000})
    assert expected_seconds(longer, [slow]) > 20 * usual


@pytest.mark.parametrize(
    "field",
    [
        "",
        ".",
        "layers.x",
        "layers.99",
        "layers.0.size",
        "kernel_initializer",
        "x.kernel_initializer",
    ],
)
def test_a_field_that_is_called_anything_is_named_and_can_be_left_out_or_not(
    client: httpx.Client, field: str
) -> None:
    told = plan(client, **{field: 1})
    assert [problem.field for problem in told.problems] == [field or None]
    for mend in told.problems[0].mends:
        assert plan(client, **mend.recipe).problems == []
