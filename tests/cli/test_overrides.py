"""Text on the command line becomes the same request that the page would send."""

import json
from pathlib import Path

import pytest

from app.cli.overrides import recipe_request
from app.recipe import PRESETS, resolve


def test_a_presets_name_is_the_request() -> None:
    assert recipe_request("dead-leaves", []) == {"preset": "dead-leaves"}


def test_dotted_fields_nest_and_values_are_json_where_they_can_be() -> None:
    request = recipe_request(
        "dead-leaves", ["optimizer.learning_rate=0.02", "seed=7", "pixels=shuffled", "name=a=b"]
    )
    assert request == {
        "preset": "dead-leaves",
        "optimizer": {"learning_rate": 0.02},
        "seed": 7,
        "pixels": "shuffled",
        "name": "a=b",
    }
    assert resolve(request).optimizer.learning_rate == 0.02


def test_a_recipe_file_may_be_overridden_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({"name": "mine", **PRESETS["mnist-strokes"].recipe}))
    request = recipe_request(str(path), ["steps=3"])
    assert resolve(request).total_steps == 3


def test_a_layers_field_is_changed_by_the_layers_name_or_place() -> None:
    request = recipe_request(
        "dead-leaves",
        ["layers.conv1.trainable=false", "layers.2.filters=8", "layers.dense1.units=10"],
    )
    plain = resolve({"preset": "dead-leaves"}).layers
    first, pool, second, *others = resolve(request).layers
    assert (first.trainable, second.filters) == (False, 8)
    assert [pool, *others] == [plain[1], *plain[3:]]
    assert PRESETS["dead-leaves"].recipe["layers"][0].get("trainable") is None


@pytest.mark.parametrize("layer", ["conv3", "5", "-1", "pool"])
def test_a_layer_that_there_is_not_is_refused_with_those_there_are(layer: str) -> None:
    with pytest.raises(ValueError, match=r"conv1, max_pool1, conv2, .* or 0 to 4"):
        recipe_request("dead-leaves", [f"layers.{layer}.trainable=false"])


@pytest.mark.parametrize("override", ["seed", "=3", ""])
def test_an_override_without_a_field_or_value_is_refused(override: str) -> None:
    with pytest.raises(ValueError, match="FIELD=VALUE"):
        recipe_request("dead-leaves", [override])


def test_a_field_of_something_that_has_none_is_refused() -> None:
    with pytest.raises(ValueError, match="seed holds no fields"):
        recipe_request("dead-leaves", ["seed=1", "seed.low=2"])


def test_a_file_without_an_object_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text("[1]")
    with pytest.raises(ValueError, match="one JSON object"):
        recipe_request(str(path), [])
