"""A name means one thing: no two classes of the app are called alike."""

import ast
from collections import defaultdict

from tests.contracts.repository import ROOT

# A recipe names its optimiser by the word for the engine's class that it becomes.
NAMED_ALIKE = {"SGD", "RMSprop", "Adam", "AdamW", "Adadelta"}


def test_no_class_name_stands_twice_but_for_what_a_recipe_calls_as_the_engine_does() -> None:
    files = defaultdict(list)
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                files[node.name].append(file.relative_to(ROOT).as_posix())
    twice = {name: places for name, places in files.items() if len(places) > 1}
    assert set(twice) == NAMED_ALIKE, twice
    for name in NAMED_ALIKE:
        assert sorted(place.split("/")[1] for place in files[name]) == ["engine", "recipe"]
