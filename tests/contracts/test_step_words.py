"""A film's steps may be epochs or files: what they are called is said in one place of the page."""

import re

from tests.contracts.repository import files_like, text_of

# These only ever speak of runs that are trained here, by updates.
_TRAINED_HERE = (
    *("build", "code", "workshop", "microscope/lesson", "draw/words"),
    *("filter/pull", "filter/way", "twins/offers"),
)
_WORDS = ("static/js/words/lens.js", "static/js/words/polls.js")
_OTHERS = ("static/js/map/", "static/js/offline/", "static/js/export/", *_WORDS)
_WRITTEN = re.compile(r"[Ss]tep \$\{")


def _is_free(name: str) -> bool:
    return name.startswith((*_OTHERS, *(f"static/js/scenes/{one}" for one in _TRAINED_HERE)))


def test_no_module_calls_a_step_so_by_itself() -> None:
    modules = [name for name in files_like("*.js", under="static/js/") if not _is_free(name)]
    assert [name for name in modules if _WRITTEN.search(text_of(name))] == []
