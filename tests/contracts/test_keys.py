"""Every key that works is in the page's help, scene by scene, and no other."""

import re

import pytest

from tests.contracts.repository import files_like, text_of

# Which modules hear the keys of each part of the help.
LISTENERS = {
    "everywhere": (
        "control/keyboard",
        "control/guides",
        "views/holding",
        "views/hints",
        "views/menus",
        "views/deleted",
    ),
    "axis": ("views/frame_keys", "views/scrubber"),
    "filters": (
        "control/tile_keys",
        "scenes/twins/tiles",
        "views/layers",
        "pictures/filter_choice",
    ),
    "network": ("network/steering", "network/lens"),
    "microscope": ("scenes/microscope/sight",),
    "draw": ("pictures/pen", "scenes/draw/draw"),
    "mistakes": ("scenes/mistakes/matrix", "scenes/mistakes/ranking", "views/filter_switch"),
    "map": ("map/grid", "map/time", "scenes/map/taking"),
    "workshop": tuple(
        f"scenes/workshop/{name}" for name in ("slots", "pointing", "keys", "typing")
    ),
    "code": ("scenes/code/commands", "scenes/code/places", "scenes/own/own"),
    "build": tuple(f"scenes/build/{name}" for name in ("keys", "numbers", "board", "palette")),
    "runs": tuple(f"scenes/runs/{name}" for name in ("keys", "choosing", "editor", "menu", "runs")),
    "present": ("present/lecture", "present/wide"),
    "tour": ("tour/keys", "tour/pointer"),
}
_PLATES = {
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "Escape": "Esc",
    "Delete": "Del",
    " ": "Space",
    "PageUp": "Page ↑",
    "PageDown": "Page ↓",
    "ContextMenu": "Menu",
}
_NAMED = r"(?:Shift\+)?(?:Arrow\w+|Home|End|Enter|Escape|Delete|Insert|Backspace|PageUp|PageDown"
_NAMED += r"|F\d+|ContextMenu)"
_HEARD = re.compile(
    rf'^\s*"?({_NAMED}|[a-z]|[. ?\[\]])"?: (?:\(\) =>|[a-z]+[,;]|here |chosen |[-\d(I])'
    rf"|[{{,] ({_NAMED}|[a-z]): "
    rf'|(?:key(?:\.toLowerCase\(\))?|letter) [!=]== "({_NAMED}|[a-z /])"',
    re.MULTILINE,
)
# Digits, and the numbers that are typed.
_BY_PATTERN = {"scenes/workshop/keys": {"1 … 9"}, "scenes/workshop/typing": {"0"}}
_MODIFIERS = {"Shift", "Ctrl", "Alt"}


def heard_in(module: str) -> set[str]:
    found = {
        next(filter(None, match.groups())).removeprefix("Shift+")
        for match in _HEARD.finditer(text_of(f"static/js/{module}.js"))
    }
    plates = {_PLATES.get(key, key.upper() if len(key) == 1 else key) for key in found}
    return plates | _BY_PATTERN.get(module, set())


def listed() -> dict[str, set[str]]:
    parts = re.findall(
        r'<dl data-keys="(\w+)">(.*?)</dl>', text_of("templates/_keys.html"), re.DOTALL
    )
    return {
        name: set(re.findall(r'<kbd class="key">([^<]+)</kbd>', told)) - _MODIFIERS
        for name, told in parts
    }


def test_every_module_that_hears_keys_is_among_those_compared() -> None:
    hearing = {
        name.removeprefix("static/js/").removesuffix(".js")
        for name in files_like("*.js", under="static/js/")
        if re.search(r'["\.](?:on)?keydown', text_of(name))
        and not name.startswith(("static/js/offline/", "static/js/class/"))  # other pages
    }
    compared = {module for modules in LISTENERS.values() for module in modules}
    assert hearing <= compared


@pytest.mark.parametrize("part", LISTENERS)
def test_the_help_lists_the_keys_that_work_and_no_others(part: str) -> None:
    heard = set().union(*(heard_in(module) for module in LISTENERS[part]))
    assert listed()[part] == heard
