"""A recipe is right as a whole or refused with the field to mend."""

import json
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from app.recipe import PRESETS, Recipe, resolve
from tests.recipe.strategies import recipes


def refusal(**overrides: Any) -> dict[str, Any]:
    """What is said of `dead-leaves` with `overrides`: field, message, limit, code."""
    with pytest.raises(ValidationError) as caught:
        resolve({"preset": "dead-leaves", **overrides})
    error = caught.value.errors()[0]
    return {"loc": error["loc"], "message": error["msg"], **error.get("ctx", {})}


def layers(**conv: Any) -> list[dict[str, Any]]:
    first = {"type": "conv2d", "filters": 4, "kernel_size": 3} | conv
    return [first, {"type": "flatten"}, {"type": "dense", "units": 10}]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_valid_recipe_that_survives_json(name: str) -> None:
    recipe = resolve({"preset": name})
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe


def test_the_keras_example_has_the_parameters_keras_counts() -> None:
    recipe = resolve({"preset": "keras-mnist"})
    by_layer = [plan.parameters for plan in recipe.plan if plan.parameters]
    assert by_layer == [320, 9248, 589952, 1290]
    assert recipe.total_steps == 12 * (60_000 // 128)


def test_shapes_follow_each_layer() -> None:
    recipe = resolve({"preset": "dead-leaves"})
    shapes = [(plan.name, plan.output_shape) for plan in recipe.plan]
    assert shapes == [
        ("conv1", (12, 12, 16)),
        ("max_pool1", (6, 6, 16)),
        ("conv2", (4, 4, 32)),
        ("global_average_pool1", (32,)),
        ("dense1", (10,)),
    ]


@given(recipes())
def test_every_recipe_the_strategy_draws_is_valid(recipe: dict[str, Any]) -> None:
    assert Recipe.model_validate(recipe).total_steps == recipe["steps"]


def test_an_override_merges_into_the_optimizer_and_keeps_the_rest() -> None:
    recipe = resolve({"preset": "dead-leaves", "optimizer": {"learning_rate": 0.1}, "seed": 7})
    assert recipe.optimizer.learning_rate == 0.1
    assert recipe.optimizer.model_dump()["momentum"] == 0.9
    assert (recipe.seed, recipe.name) == (7, "Dead leaves")


def test_another_optimizer_takes_nothing_from_the_one_it_replaces() -> None:
    adam = {"type": "adam", "learning_rate": 0.001}
    assert resolve({"preset": "dead-leaves", "optimizer": adam}).optimizer.type == "adam"


def test_steps_replace_a_presets_epochs() -> None:
    assert resolve({"preset": "keras-mnist", "steps": 5}).total_steps == 5


def test_a_kernel_larger_than_the_image_says_what_would_fit() -> None:
    small = layers(strides=4)
    small.insert(1, {"type": "conv2d", "filters": 2, "kernel_size": 11})
    said = refusal(layers=small)
    assert (said["field"], said["limit"]) == ("layers.1.kernel_size", 8)
    assert "at most 8" in said["message"]


@pytest.mark.parametrize(
    ("conv", "where"),
    [
        ({"filters": 0}, "filters"),
        ({"filters": 10**9}, "filters"),
        ({"strides": 0}, "strides"),
        ({"kernel_size": 12}, "kernel_size"),
        ({"kernel_size": 2.5}, "kernel_size"),
        ({"weight_decay": float("nan")}, "weight_decay"),
        ({"weight_decay": float("inf")}, "weight_decay"),
        ({"padding": "full"}, "padding"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_value_in_a_layer_is_refused_where_it_stands(
    conv: dict[str, Any], where: str
) -> None:
    assert refusal(layers=layers(**conv))["loc"] == ("layers", 0, "conv2d", where)


def test_units_must_be_the_classes() -> None:
    wrong = [*layers()[:-1], {"type": "dense", "units": 7}]
    said = refusal(layers=wrong)
    assert (said["field"], said["limit"]) == ("layers.2.units", 10)


def test_a_dense_layer_on_an_image_is_told_to_flatten() -> None:
    said = refusal(layers=[layers()[0], layers()[-1]])
    assert said["field"] == "layers.1"
    assert "flatten" in said["message"]


def test_a_conv_layer_after_flatten_is_refused() -> None:
    assert refusal(layers=[{"type": "flatten"}, *layers()])["field"] == "layers.1"


def test_a_network_without_filters_is_refused() -> None:
    assert "no filter to watch" in refusal(layers=layers()[1:])["message"]


def test_the_first_filters_are_those_one_can_watch() -> None:
    depthwise = {"type": "depthwise_conv2d", "kernel_size": 3}
    assert resolve({"preset": "dead-leaves", "layers": [layers()[0], depthwise, *layers()[1:]]})
    said = refusal(layers=[{"type": "batch_normalization"}, depthwise, *layers()])
    assert said["field"] == "layers.1"
    assert "conv2d" in said["message"]


def test_too_many_parameters_say_which_layer_has_them() -> None:
    wide = [*layers(filters=64)[:-1], {"type": "dense", "units": 4096}, layers()[-1]]
    said = refusal(layers=wide)
    assert (said["code"], said["field"]) == ("recipe_too_large", "layers.2")


def test_too_much_memory_says_which_batch_size_would_fit() -> None:
    hungry = layers(filters=1024, padding="same")
    hungry.insert(1, {"type": "global_average_pool2d"})
    del hungry[2]
    said = refusal(layers=hungry, batch_size=1024)
    assert said["code"] == "recipe_too_large"
    fitting = resolve({"preset": "dead-leaves", "layers": hungry, "batch_size": said["limit"]})
    assert fitting.batch_size == said["limit"] < 1024


def sparse(layer: dict[str, Any] | None = None, **overrides: Any) -> dict[str, Any]:
    """Overrides that turn `dead-leaves` into a sparse code."""
    conv = {"type": "conv2d", "filters": 32, "kernel_size": 9} | (layer or {})
    return {"objective": {"type": "sparse-code"}, "layers": [conv]} | overrides


def test_a_sparse_code_learns_its_filters_and_no_bias() -> None:
    recipe = resolve({"preset": "dead-leaves", **sparse(dataset="gray-leaves")})
    assert [(plan.name, plan.output_shape) for plan in recipe.plan] == [("conv1", (24, 24, 32))]
    assert recipe.parameters == 9 * 9 * 32
    assert recipe.class_names == ()


def test_a_sparse_code_may_be_learnt_from_any_data_set_and_names_nothing() -> None:
    recipe = resolve({"preset": "dead-leaves", **sparse()})
    assert (recipe.parameters, recipe.class_names) == (9 * 9 * 3 * 32, ())


@pytest.mark.parametrize(
    ("layer", "field"),
    [
        ({"strides": 2}, "layers.0.strides"),
        ({"padding": "same"}, "layers.0.padding"),
        ({"activation": "relu"}, "layers.0.activation"),
        ({"weight_decay": 0.1}, "layers.0.weight_decay"),
    ],
)
def test_what_a_sparse_code_would_not_heed_is_refused(layer: dict[str, Any], field: str) -> None:
    assert refusal(**sparse(layer))["field"] == field


def test_a_sparse_code_has_one_layer() -> None:
    said = refusal(**sparse(layers=layers()))
    assert (said["field"], said["limit"]) == ("layers.1", 1)


def test_a_sparse_code_has_no_labels_to_spoil() -> None:
    said = refusal(**sparse(labels="random"))
    assert said["field"] == "labels"
    assert "shuffle the pixels" in said["message"]


def test_a_data_set_without_classes_can_not_be_classified() -> None:
    said = refusal(dataset="gray-leaves")
    assert said["field"] == "objective"
    assert "sparse-code" in said["message"]


@pytest.mark.parametrize("sparsity", [-0.1, 101, None])
def test_a_sparsity_out_of_range_is_refused_where_it_stands(sparsity: object) -> None:
    objective = {"type": "sparse-code", "sparsity": sparsity}
    assert refusal(**sparse(objective=objective))["loc"] == ("objective", "sparse-code", "sparsity")


def test_a_network_of_one_layer_still_needs_its_dense_layer() -> None:
    assert refusal(layers=layers()[:1])["field"] == "layers.0"


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 81, "\ud800"])
def test_a_name_nobody_can_read_is_refused(name: str) -> None:
    assert refusal(name=name)["loc"] == ("name",)


def test_steps_and_epochs_together_are_refused() -> None:
    assert refusal(steps=3, epochs=2)["field"] == "steps"


def test_more_steps_than_anyone_waits_for_are_refused() -> None:
    assert refusal(epochs=1000, batch_size=1, dataset="mnist")["field"] == "epochs"


@pytest.mark.parametrize("name", ["dead leaves", "", None, 3, ["dead-leaves"], {}])
def test_an_unknown_preset_is_answered_with_those_there_are(name: object) -> None:
    with pytest.raises(ValidationError, match="dead-leaves-large"):
        resolve({"preset": name})


@pytest.mark.parametrize("text", ["NaN", "1e999", "-1e999"])
@pytest.mark.parametrize("field", ["steps", "seed", "batch_size"])
def test_a_number_that_is_none_is_refused_in_any_field(field: str, text: str) -> None:
    assert refusal(**{field: json.loads(text.replace("1e999", "Infinity"))})["loc"] == (field,)


def test_layers_that_are_not_trainable_are_counted_apart() -> None:
    recipe = resolve({"preset": "dead-leaves", "layers": [*layers(trainable=False)]})
    assert recipe.plan[0].trainable_parameters == 0
    assert recipe.plan[2].trainable_parameters == recipe.plan[2].parameters


def test_a_network_in_which_nothing_learns_is_refused() -> None:
    held = [
        {**layer, "trainable": False} if layer["type"] != "flatten" else layer for layer in layers()
    ]
    told = refusal(layers=held)
    assert told["field"] == "layers"
    assert "nothing would learn" in told["message"]


def test_a_layer_without_weights_has_nothing_to_train() -> None:
    first, *others = layers()
    told = refusal(layers=[first, {"type": "max_pool2d", "trainable": False}, *others])
    assert told["loc"][-1] == "trainable"
