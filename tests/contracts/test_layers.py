"""Every layer is in all the places where one is looked for, so that the recipe for one is true."""

import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

from app.engine.layers import PASSES
from app.vocabulary.layers import AnyLayer, AveragePool2D, Dropout, Layer, MaxPool2D
from tests.analysis.test_second_layer import STACKS
from tests.contracts.repository import files_like, text_of
from tests.engine.cases import LAYER_CASES

LAYERS: tuple[type[Layer], ...] = get_args(AnyLayer)
every_layer = pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.type)


def test_every_description_is_in_the_union_that_recipes_are_made_of() -> None:
    files = {Path(file).stem for file in files_like("*.py", under="app/vocabulary/layers/")}
    shared = {"__init__", "layer", "maps", "naming", "pool2d", "windows"}
    assert files - shared == {layer.type for layer in LAYERS}


def test_words_and_stems_are_each_layers_own() -> None:
    assert len({layer.type for layer in LAYERS}) == len(LAYERS)
    assert len({layer.stem for layer in LAYERS}) == len(LAYERS)
    assert not [layer for layer in LAYERS if layer.stem[-1].isdigit()]


@every_layer
def test_a_description_is_in_a_file_of_its_own_with_its_pass_in_one_of_the_same_name(
    layer: type[Layer],
) -> None:
    assert layer.__module__ == f"app.vocabulary.layers.{layer.type}"
    made_by = PASSES[layer]
    assert inspect.getmodule(made_by).__name__ == f"app.engine.layers.{layer.type}"  # type: ignore[union-attr]


@every_layer
def test_every_layer_is_among_the_cases_of_the_engines_contract(layer: type[Layer]) -> None:
    assert [case.name for case in LAYER_CASES if type(case.layer) is layer]


@every_layer
def test_random_recipes_draw_every_layer(layer: type[Layer]) -> None:
    assert f'"{layer.type}"' in text_of("tests/recipe/strategies.py")


@every_layer
def test_filters_behind_every_layer_are_laid_out_in_pixels_by_a_tested_rule(
    layer: type[Layer],
) -> None:
    sees_places = layer.window is not Layer.window and layer is not Dropout
    counted = AveragePool2D if layer is MaxPool2D else layer  # taken for the mean of its window
    tried = {type(one) for stack in STACKS.values() for one in stack}
    assert counted in tried or not sees_places


@every_layer
def test_the_offline_page_and_the_documents_have_a_word_for_every_layer(
    layer: type[Layer],
) -> None:
    words = re.search(
        r"^const LAYERS = \{$(.*?)^\};$",
        text_of("static/js/offline/recipe.js"),
        re.MULTILINE | re.DOTALL,
    )
    assert words
    assert re.search(rf"^  {layer.type}:", words[1], re.MULTILINE), "static/js/offline/recipe.js"
    assert f"`{layer.type}`" in text_of("docs/api.md"), "docs/api.md"
