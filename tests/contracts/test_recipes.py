"""CONTRIBUTING's recipes name every place: whatever is there is in all of them, and in no other."""

import json
import re
from typing import get_args

import pytest

from app.engine.layers import PASSES
from app.events import KINDS, EncodedEvent
from app.recipe import PRESETS, Recipe
from app.store import projection
from app.vocabulary.layers import AnyLayer, Layer
from tests.contracts.repository import ROOT, text_of
from tests.engine.cases import LAYER_CASES

RECIPES = text_of("CONTRIBUTING.md").partition("\n## Recipes\n")[2].partition("\n## ")[0]
CHARTS = text_of("static/js/charts/charts.js").partition("const CHARTS = [")[2].partition("\n];")[0]
MEASURES = text_of("templates/_measures.html")
HINTS = text_of("static/js/words/filters.js")
MOST_FILES = 4


@pytest.mark.parametrize("recipe", re.findall(r"^### (.+)$", RECIPES, re.MULTILINE))
def test_a_recipe_has_few_steps_each_with_a_file_that_is_there(recipe: str) -> None:
    text = RECIPES.partition(f"### {recipe}\n")[2].partition("\n### ")[0]
    steps = re.findall(r"^\d\. `([^`]+)`", text, re.MULTILINE)
    assert 0 < len(steps) <= MOST_FILES
    for file in steps:
        place = ROOT / file
        assert place.parent.is_dir() if "NAME" in file else place.is_file(), file


@pytest.mark.parametrize("layer", get_args(AnyLayer), ids=lambda layer: layer.__name__)
def test_every_layer_can_be_asked_for_carried_out_and_is_tried_on_odd_shapes(
    layer: type[Layer],
) -> None:
    assert layer.__name__ in str(Recipe.model_json_schema()["$defs"].keys())
    assert layer in PASSES
    assert layer in {type(case.layer) for case in LAYER_CASES}


def _keys(objects: str, indent: int) -> list[str]:
    return re.findall(rf"^{' ' * indent}(\w+): ", objects, re.MULTILINE)


def test_the_page_makes_something_of_every_kind_of_event_and_knows_no_other() -> None:
    tellers = text_of("static/js/state/events.js").partition("const TELLERS = {")[2]
    assert set(_keys(tellers.partition("\n};")[0], 2)) == set(KINDS)


def test_the_documents_explain_every_kind_of_event_and_no_other() -> None:
    events = text_of("docs/api.md").partition("| kind | when | its data |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", events, re.MULTILINE) == list(KINDS)


def test_the_list_of_runs_takes_of_any_event_its_step_and_of_some_more() -> None:
    told = projection.project([EncodedEvent("just_thought_of", 7, '{"step": 7}')], 1.0)
    assert told == {"step": 7}
    assert projection._PROJECTIONS.keys() <= set(KINDS)


def test_every_chart_has_its_place_and_every_place_its_chart() -> None:
    places = re.findall(r'<section class="measure" id="(\w+)" aria-labelledby', MEASURES)
    assert re.findall(r'^    id: "(\w+)"', CHARTS, re.MULTILINE) == places


def test_every_chart_is_explained_in_words() -> None:
    hints = re.findall(r'\{\{ hint\("(\w+)"', MEASURES)
    assert len(hints) == MEASURES.count('<section class="measure"')
    explained = HINTS.partition("export const HINTS = {")[2].partition("\n};")[0]
    assert set(hints) <= set(re.findall(r"^  (\w+):", explained, re.MULTILINE))


def test_every_preset_was_measured() -> None:
    figures = json.loads(text_of("docs/science/figures.json"))
    assert set(PRESETS) <= figures["runs"].keys()
    page = text_of("docs/science.md")
    assert not [name for name in PRESETS if f"`{name}`" not in page and name not in page]
