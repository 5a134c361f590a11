"""The page compares the recipes that the command line compares."""

from typing import Any

import pytest

from app.recipe import PRESETS, Recipe, resolve
from app.recipe.comparison import FREE, FROZEN, LEARNED, RANDOM, Way, compared
from tests.page.node import asked

WAYS = {"learned": LEARNED, "frozen": FROZEN, "free": FREE, "random": RANDOM}
START = {"type": "bank", "name": "gabor"}
NAMING = [name for name in PRESETS if name != "sparse-code"]


@pytest.fixture(scope="module")
def pages() -> dict[str, dict[str, Any]]:
    """The page's recipe of each way for each preset."""
    bases = {name: resolve({"preset": name}).model_dump(exclude_none=True) for name in NAMING}
    made: dict[str, dict[str, Any]] = asked(
        "scenes/workshop/trial_ways.js",
        """Object.fromEntries(Object.entries(a.bases).map(([name, base]) => [name,
            Object.fromEntries(a.ways.map((way) =>
                [way, m.recipeFor(base, way, { start: a.start, name: "" }, 5)]))]))""",
        {"bases": bases, "ways": list(WAYS), "start": START},
    )
    return made


@pytest.mark.parametrize("preset", NAMING)
@pytest.mark.parametrize(("word", "way"), WAYS.items())
def test_a_way_is_the_same_recipe_on_the_page_and_on_the_command_line(
    preset: str, word: str, way: Way, pages: dict[str, dict[str, Any]]
) -> None:
    recipe = resolve({"preset": preset, "seed": 5})
    assert Recipe.model_validate(pages[preset][word]) == compared(recipe, START, way)
