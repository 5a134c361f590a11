"""The page's modules: those that draw don't fetch, those that fetch don't draw; lines are short."""

import json
import re
from pathlib import Path

from tests.contracts.each import for_each
from tests.contracts.repository import ROOT, files_like, text_of

MODULES = files_like("*.js", under="static/js/")

MOST_ANY = 5  # elements of the page, looked up by id, may be of any kind
WIDEST = 110  # columns, as Prettier is told; what it can't break is broken by hand

_FOR_ALL = {"contract", "recipe_catalogue", "types"}
_SCENES = (
    *("build", "code", "data", "draw", "filter", "map", "microscope", "mistakes", "own"),
    *("runs", "twins", "weights", "workshop"),
)
# What a room may import of the others; the scenes' common rooms are named as any other's.
# `import()` counts too. A room within a room (`scenes/draw`) is one of its own.
_SCENE = {"charts", "control", "kernels", "net", "pictures", "state", "views", "words"}
_ROOMS: dict[str, set[str]] = {
    "kernels": set(),
    "net": set(),
    "state": {"charts", "kernels", "net"},
    "words": {"state"},
    "charts": {"kernels", "state", "views", "words"},
    "views": {"charts", "control", "kernels", "state", "words"},
    "pictures": {"control", "kernels", "net", "state", "views", "words"},
    "control": {"charts", "net", "present", "state", "tour", "views", "words"},
    "export": {"charts", "net", "state", "views"},
    # The map of a sweep, in the page and in the file that one takes home.
    "map": {"charts", "kernels", "net", "views", "words"},
    "network": _SCENE,
    "present": _SCENE,
    # Light: of the other rooms what is small.
    "class": {"kernels", "net", "pictures", "views"},
    "tour": _SCENE,
    **{f"scenes/{name}": _SCENE for name in _SCENES},
    "scenes/map": _SCENE | {"map"},
    # Of each of some runs the table offers what the dialog of one offers.
    "scenes/runs": _SCENE | {"export"},
    # These wire the others.
    "scenes": {"views", "present"} | {f"scenes/{name}" for name in _SCENES},
    "offline": {"charts", "control", "kernels", "map", "state", "store", "views", "words"},
    "main": {"control", "later", "net", "scenes", "state", "store", "views"},
    "ahead": set(),
    "later": {"charts", "control", "export", "network", "views"},
    "store": set(),
    "types": set(),
    "contract": set(),
    "recipe_catalogue": set(),
}

_FETCHES = re.compile(r"\bfetch\(|\bnew EventSource\b|\bnew XMLHttpRequest\b|\bsendBeacon\(")
_DRAWS = re.compile(r"\bgetContext\(|\bPlotly\b|\bcreateElement(NS)?\(|\binnerHTML\b")
_IMPORTED = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
_COMMENT = re.compile(r"/\*.*?\*/|(?:^|\s)//[^\n]*", re.DOTALL | re.MULTILINE)
_TYPED = re.compile(r"@(?:type|param|returns|property|typedef|template)\s+\{")
_HIDDEN_INPUT = re.compile(r"\bdocument\.|\bwindow\.|\bDate\b|\bMath\.random\(|\bperformance\.")


def _code(name: str) -> str:
    return _COMMENT.sub("", text_of(name))


def test_there_are_modules_to_check() -> None:
    assert MODULES


@for_each(MODULES)
def test_a_module_that_fetches_does_not_draw(name: str) -> None:
    code = _code(name)
    assert not (_FETCHES.search(code) and _DRAWS.search(code))


def _room(path: Path) -> str:
    parts = path.relative_to(ROOT / "static/js").with_suffix("").parts
    return "/".join(parts[:2]) if parts[0] == "scenes" and len(parts) == 3 else parts[0]


@for_each(MODULES)
def test_a_module_imports_only_what_its_room_may_know(name: str) -> None:
    here = _room(ROOT / name)
    imported = {
        _room(((ROOT / name).parent / target).resolve())
        for target in _IMPORTED.findall(_code(name))
    }
    assert imported - {here, *_FOR_ALL} <= _ROOMS[here]


def test_no_scene_knows_another() -> None:
    for scene in _SCENES:
        assert not [room for room in _ROOMS[f"scenes/{scene}"] if room.startswith("scenes")]


@for_each(MODULES)
def test_a_module_imports_only_files_that_are_here(name: str) -> None:
    folder = (ROOT / name).parent
    for target in _IMPORTED.findall(_code(name)):
        assert target.startswith("."), f"{target} is not a file of the page"
        assert (folder / target).is_file(), f"{target} does not exist"


@for_each(files_like("*.js", "*.css", under="static/"))
def test_every_line_fits_beside_another_file(name: str) -> None:
    lines = enumerate(text_of(name).splitlines(), start=1)
    assert not [number for number, line in lines if len(line) > WIDEST]


def test_the_formatter_has_the_same_width() -> None:
    assert json.loads(text_of(".prettierrc.json"))["printWidth"] == WIDEST


@for_each(files_like("*.js", "*.css", "*.html", "*.svg"))
def test_the_page_names_no_other_host(name: str) -> None:
    addresses = set(re.findall(r"https?://[\w.-]+", text_of(name)))
    assert addresses <= {"http://www.w3.org"}, "the page asks nobody else for anything"


@for_each(files_like("*.js", under="static/js/state/"))
def test_the_state_of_the_page_follows_from_events_alone(name: str) -> None:
    code = _code(name)
    for forbidden in (_FETCHES, _DRAWS, _HIDDEN_INPUT):
        assert not forbidden.search(code)


def _types(name: str) -> list[str]:
    """The types that a module's comments say, with the braces around them."""
    text = text_of(name)
    found = []
    for tag in _TYPED.finditer(text):
        depth, end = 1, tag.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append(text[tag.end() - 1 : end])
    return found


def test_the_types_of_the_page_say_what_things_are() -> None:
    said = [(name, one) for name in MODULES for one in _types(name)]
    assert len(said) > len(MODULES)
    vague = [where for where in said for _ in re.findall(r"(?<![\w\"])any(?![\w\"])", where[1])]
    assert len(vague) <= MOST_ANY, vague


_ABSOLUTE = re.compile(r"""["'`(]/(?:api|static|docs|client|openapi)\b|(?:href|src)=["']/""")


@for_each([*MODULES, *files_like("*.html", under="templates/")])
def test_no_address_begins_at_the_root_which_a_proxy_may_have_moved(name: str) -> None:
    assert _ABSOLUTE.findall(_code(name)) == []


_AWAITS = re.compile(r"^(?:await\b|(?:const|let) [^=]*= \(*await\b)", re.MULTILINE)
_OWN_PLACE = re.compile(
    r"""new URL\(\s*["'`]?([^"'`,]+)["'`]?,\s*(?:import\.meta\.url|HERE)\s*\)"""
)


@for_each(MODULES)
def test_no_module_holds_up_those_that_are_joined_with_it(name: str) -> None:
    assert not _AWAITS.search(_code(name)), "await in a function, which isn't awaited"


def test_addresses_seen_from_a_module_hold_where_it_is_joined_with_others() -> None:
    seen = {(name, at) for name in MODULES for at in _OWN_PLACE.findall(_code(name))}
    assert len(seen) > 2
    for name, address in seen:
        if address == "../shared/worker.js":  # of `static/joined/shared` too
            assert name.startswith("static/js/net/shared/")
        else:
            assert Path(name).parent.parent == Path("static/js"), "not where joined parts lie"
            assert address.startswith("../../")
