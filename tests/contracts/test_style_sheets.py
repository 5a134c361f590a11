"""The style sheets: six widths at which they change, classes in place of ids, short files."""

import re

from tests.contracts.each import for_each
from tests.contracts.repository import files_like, text_of

SHEETS = files_like("*.css", under="static/css/")

_BREAKPOINTS = "static/js/views/breakpoints.js"
_WIDTH = re.compile(r"\b(min|max)-width: (\d+)px")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def _breakpoints() -> set[int]:
    widths = {
        int(width) for width in re.findall(r"^  \w+: (\d+),", text_of(_BREAKPOINTS), re.MULTILINE)
    }
    assert len(widths) == 6
    return widths


def test_there_are_sheets_to_check() -> None:
    assert SHEETS


@for_each(SHEETS)
def test_a_layout_changes_at_one_of_the_six_widths_alone(name: str) -> None:
    conditions = re.findall(r"@(?:media|container)([^{]*)", _COMMENT.sub("", text_of(name)))
    for condition in conditions:
        for end, width in _WIDTH.findall(condition):
            assert int(width) + (end == "max") in _breakpoints(), condition
        assert "width" not in _WIDTH.sub("", condition), f"{condition}: say widths in pixels"


@for_each(files_like("*.js", under="static/js/"))
def test_a_module_takes_widths_from_the_one_table(name: str) -> None:
    if name != _BREAKPOINTS:
        assert not re.search(r"matchMedia\([^)]*width", text_of(name))


@for_each(SHEETS)
def test_a_sheet_selects_classes_and_no_ids(name: str) -> None:
    rules = re.findall(r"([^{};]+)\{", _COMMENT.sub("", text_of(name)))
    selectors = [rule for rule in rules if not rule.strip().startswith("@")]
    assert not [selector for selector in selectors if "#" in selector]


@for_each(files_like("*.css", under="static/css/scenes/"))
def test_every_scenes_sheet_is_asked_for(name: str) -> None:
    sheet = name.removeprefix("static/css/scenes/").removesuffix(".css")
    assert f'"{sheet}"' in text_of("static/js/scenes/scenes.js")
