"""Sweeps as plans: which fields can differ, what their cells are, and which can't be."""

import pytest

from app.recipe import Recipe, resolve
from app.recipe.sweeping import AxisFault, SweepAxis, SweepPlan, as_draft, axis_of, cells_of
from app.recipe.swept_fields import NOT_SWEPT, canonical_field, swept_fields, value_at, with_values

STROKES = resolve({"preset": "mnist-strokes"})


def _axis(field: str, values: list[bool | int | float | str]) -> SweepAxis:
    axis = axis_of(STROKES, field, values)
    assert isinstance(axis, SweepAxis)
    return axis


def test_every_setting_can_differ_but_those_for_which_a_reason_is_given() -> None:
    draft = STROKES.model_dump(mode="json")
    plain = {name for name, value in draft.items() if not isinstance(value, dict | list)}
    known = set(swept_fields(STROKES))
    assert plain - known == {"dataset", "own", "name", "seed", "without"} <= NOT_SWEPT.keys()
    for path in known:
        value_at(draft, path)  # KeyError where a path leads nowhere


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("layers.conv1.filters", "layers.0.filters"),
        ("layers.dense1.weight_decay", "layers.3.weight_decay"),
        ("layers.0.filters", "layers.0.filters"),
        ("layers.conv9.filters", "layers.conv9.filters"),
        ("steps", "steps"),
        ("", ""),
    ],
)
def test_layers_go_by_their_names_too(asked: str, field: str) -> None:
    assert canonical_field(STROKES, asked) == field


def test_values_are_as_the_recipe_has_them_with_words_for_a_table() -> None:
    axis = _axis("optimizer.learning_rate", [1, 0.02])
    assert [type(value) for value in axis.values] == [float, float]
    assert (axis.title, axis.words) == ("learning rate", ["lr 1", "lr 0.02"])
    assert _axis("layers.0.kernel_size", [3]).words == ["3×3"]
    assert _axis("layers.3.weight_decay", [0.1]).title == "dense1 weight decay"
    assert _axis("optimizer.type", ["adam"]).title == "optimiser"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", "many"),
        ("optimizer.learning_rate", -1),
        ("layers.0.padding", "wide"),
        ("optimizer.type", "sdg"),
        ("batch_size", 1.5),
    ],
)
def test_a_value_that_can_never_be_is_found_by_itself(field: str, value: float | str) -> None:
    fault = axis_of(STROKES, field, [_good(field), value])
    assert isinstance(fault, AxisFault)
    assert fault.number == 1


def _good(field: str) -> bool | int | float | str:
    found: bool | int | float | str = value_at(as_draft(STROKES), field)
    return found


def test_cells_are_all_combinations_and_those_that_are_no_recipe_say_why() -> None:
    axes = [_axis("layers.0.kernel_size", [3, 11]), _axis("layers.1.pool_size", [2, 10, 13])]
    found = {at: cell for at, _, cell in cells_of(STROKES, axes)}
    assert len(found) == 6
    trained = {at: cell for at, cell in found.items() if isinstance(cell, Recipe)}
    assert found.keys() - trained.keys() == {(1, 1), (1, 2)}
    assert trained[0, 1].layers[1].pool_size == 10  # type: ignore[union-attr]
    assert "10" in str(found[1, 1]["msg"])


def test_an_optimiser_of_another_kind_keeps_what_it_has_too() -> None:
    draft = with_values(as_draft(STROKES), {"optimizer.epsilon": 0.1, "optimizer.type": "rmsprop"})
    recipe = Recipe.model_validate(draft)
    assert recipe.optimizer.model_dump() == {
        "type": "rmsprop",
        "learning_rate": 0.01,
        "schedule": "constant",
        "momentum": 0.9,
        "rho": 0.9,
        "epsilon": 0.1,
    }


def test_steps_take_the_place_of_epochs() -> None:
    draft = as_draft(resolve({"preset": "keras-mnist"}))
    assert Recipe.model_validate(with_values(draft, {"steps": 7})).total_steps == 7
    assert Recipe.model_validate(with_values(draft, {"epochs": 2})).epochs == 2


def test_the_whole_map_trains_with_the_first_seed_first() -> None:
    plan = SweepPlan(
        preset=None,
        base={},
        axes=[_axis("steps", [1, 2]), _axis("batch_size", [8, 16])],
        seeds=[5, 6],
        keep="films",
        impossible=[{"at": [0, 1], "values": [1, 16], "message": "no", "field": None}],
        steps=[1, 2, 2],
    )
    assert plan.cells == [(0, 0), (1, 0), (1, 1)]
    assert (plan.runs, plan.values_at((1, 0))) == (6, [2, 8])
    places = [plan.place_of(seed, cell) for seed in range(2) for cell in range(3)]
    assert places == list(range(6))
