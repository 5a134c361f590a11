"""What can be used is documented, and what the documents point to is there."""

import ast
import re
from pathlib import Path
from typing import get_args
from urllib.parse import unquote, urlsplit

import pytest
from pydantic import BaseModel

from app.events import Event
from app.main import create_app
from app.settings import Settings
from tests.contracts.build_files import make_targets
from tests.contracts.markdown import anchors_in, links_in
from tests.contracts.repository import ROOT, files_like, text_of

PAGES = [page for page in files_like("*.md") if not page.endswith(".template.md")]
DOCS = "\n".join(text_of(page) for page in PAGES)


def _variables_of_settings(file: str = "app/settings.py") -> set[str]:
    strings = {
        node.value
        for node in ast.walk(ast.parse(text_of(file)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {name for name in strings if re.fullmatch(r"FILTERSCOPE_[A-Z_]+", name)}


def test_the_settings_table_has_every_variable_and_no_other() -> None:
    table = re.findall(r"^\| `(FILTERSCOPE_\w+)`", text_of("docs/running.md"), re.MULTILINE)
    assert set(table) == _variables_of_settings()


def test_the_table_of_a_watched_programs_variables_has_each_and_no_other() -> None:
    table = re.findall(r"^\| `(FILTERSCOPE_\w+)`", text_of("docs/watching.md"), re.MULTILINE)
    assert set(table) == _variables_of_a_program()


def _variables_of_a_program() -> set[str]:
    return _variables_of_settings("app/client/settings.py")


def test_no_document_names_a_variable_that_does_nothing() -> None:
    known = _variables_of_settings() | _variables_of_a_program()
    assert set(re.findall(r"\bFILTERSCOPE_[A-Z_]+", DOCS)) <= known


def test_every_make_target_is_explained_in_the_documents_and_in_make_help() -> None:
    targets = {name for name in make_targets() if re.fullmatch(r"[a-z-]+", name)}
    explained = re.findall(r"^\| `make ([a-z-]+)`", text_of("docs/running.md"), re.MULTILINE)
    helped = re.findall(r"^([a-z-]+):[^=\n]*## \S", text_of("Makefile"), re.MULTILINE)
    assert targets == set(explained) == set(helped)


def test_no_document_names_a_make_target_that_is_not_there() -> None:
    named = re.findall(r"`make ([a-z][a-z-]*)[^`]*`|^make ([a-z][a-z-]*)", DOCS, re.MULTILINE)
    assert {one or other for one, other in named} <= set(make_targets())


def test_the_table_of_routes_has_every_route_of_the_server_and_no_other(tmp_path: Path) -> None:
    described = create_app(Settings(data_folder=tmp_path)).openapi()["paths"]
    served = {f"{method.upper()} {path}" for path, item in described.items() for method in item}
    table = re.findall(r"^\| `([A-Z]+ /[^`?]*)", text_of("docs/api.md"), re.MULTILINE)
    assert set(table) == served


@pytest.mark.parametrize("event", get_args(get_args(Event)[0]), ids=lambda event: event.__name__)
def test_the_table_of_events_has_each_kind_with_all_its_fields(event: type[BaseModel]) -> None:
    kind = event.model_fields["kind"].default
    row = re.search(rf"^\| `{kind}` \|.*$", text_of("docs/api.md"), re.MULTILINE)
    assert row, f"docs/api.md doesn't explain {kind}"
    fields = event.model_fields.keys() - {"kind"}
    assert not {field for field in fields if f"`{field}`" not in row[0]}


def test_the_table_of_errors_has_every_code_that_a_request_can_get() -> None:
    errors = text_of("docs/api.md").partition("\n## Errors")[2]
    table = re.findall(
        r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \| [0-9]", errors, re.MULTILINE))
    )
    assert set(table) == _codes_of_problems() | {
        *_defaults_of("code", "app/recipe/model.py"),
        "recipe_too_large",
        "not_found",  # these two are made from the status
        "method_not_allowed",
    }


def _codes_of_problems() -> set[str]:
    calls = [
        node
        for folder in ("app/web/", "app/inspection/", "app/connections/")
        for file in files_like("*.py", under=folder)
        for node in ast.walk(ast.parse(text_of(file)))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Problem", "Missing")
    ]
    codes = [call.args[1] for call in calls if len(call.args) > 1]
    return {code.value for code in codes if isinstance(code, ast.Constant)}


def _defaults_of(parameter: str, file: str) -> set[str]:
    return set(re.findall(rf'\b{parameter}: str = "(\w+)"', text_of(file)))


@pytest.mark.parametrize("page", PAGES)
def test_every_local_link_leads_somewhere(page: str) -> None:
    for link in links_in(text_of(page)):
        target = urlsplit(link)
        if target.scheme or target.netloc:
            continue
        file = (ROOT / page).parent / unquote(target.path) if target.path else ROOT / page
        assert file.exists(), f"{page} links to {link}, which isn't there"
        assert file.resolve().is_relative_to(ROOT), f"{page} links to {link}, outside the project"
        if target.fragment and file.suffix == ".md":
            anchors = anchors_in(file.read_text(encoding="utf-8"))
            assert target.fragment in anchors, f"{page} links to {link}: no such heading"


def test_every_decision_is_listed_in_order_and_says_what_would_reverse_it() -> None:
    decisions = files_like("[0-9]*.md", under="docs/decisions/")
    listed = [link for link in links_in(text_of("docs/decisions/README.md")) if link[0].isdigit()]
    assert listed == [Path(decision).name for decision in decisions]
    assert [int(name[:4]) for name in listed] == list(range(1, len(listed) + 1))
    for decision in decisions:
        parts = re.findall(r"^\*\*([\w ]+)\.\*\*", text_of(decision), re.MULTILINE)
        assert parts == ["Context", "Decision", "Cost", "What would reverse it"], decision
