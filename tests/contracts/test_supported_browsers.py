"""The documents name the oldest browsers that the page is checked for."""

import json
import re

from tests.contracts.repository import files_like, text_of

_NAMES = {"chrome": "Chromium", "firefox": "Firefox", "safari": "Safari"}
_REFLECTED = re.compile(r"\baria([A-Z]\w+)")


def test_the_table_of_browsers_has_the_versions_that_the_page_is_checked_for() -> None:
    checked = json.loads(text_of("tests/page/supported/browsers.json"))["browsers"]
    table = text_of("docs/running.md").partition("\n## Browsers")[2].partition("\n## ")[0]
    said = dict(re.findall(r"^\| (\w+)[^|]*\| ([\d.]+)", table, re.MULTILINE))
    assert said == {_NAMES[browser]: version for browser, version in checked.items()}


def test_whatever_aria_property_the_page_sets_is_added_where_a_browser_has_none() -> None:
    modules = [name for name in files_like("*.js", under="static/js/") if "ahead" not in name]
    used = {name for module in modules for name in _REFLECTED.findall(text_of(module))}
    added = re.search(r"const reflected = \[([^\]]*)\]", text_of("static/js/ahead.js"))
    assert added
    assert used == set(re.findall(r'"(\w+)"', added[1]))


def test_recipes_are_copied_as_browsers_of_2021_can() -> None:
    modules = files_like("*.js", under="static/js/")
    assert not [name for name in modules if "structuredClone(" in text_of(name)]
