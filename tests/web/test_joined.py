"""Joined modules are handed out while they say what their sources say, and only then."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from app.page_files import STATIC
from app.web import joined
from app.web.files import Files

_FILES = {
    "js/main.js": {
        "first": ["joined/parts/main-1.js"],
        "later": ["joined/parts/later-2.js", "joined/parts/shared-3.js"],
    },
    "js/class/main.js": {"first": ["joined/parts/main-4.js"], "later": []},
}
Join = Callable[[Path], Path]


@pytest.fixture
def join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Join:
    """Says which files were made of the sources in a folder, and has the server read it."""

    def joined_of(folder: Path) -> Path:
        digests = {
            f"js/{name}": hashlib.sha256((folder / f"js/{name}").read_bytes()).hexdigest()
            for name in ("main.js", "store.js")
        }
        made_of = tmp_path / "made_of.json"
        made_of.write_text(json.dumps({"beginnings": _FILES, "sources": digests}))
        monkeypatch.setattr(joined, "STATIC", folder)
        monkeypatch.setattr(joined, "_MADE_OF", made_of)
        return folder

    return joined_of


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Two modules of which something can be joined."""
    (tmp_path / "js").mkdir()
    (tmp_path / "js/main.js").write_text('import "./store.js";')
    (tmp_path / "js/store.js").write_text("export {};")
    return tmp_path


def test_after_an_edit_each_module_is_handed_out_until_they_are_joined_again(
    join: Join, sources: Path
) -> None:
    join(sources)
    assert joined.beginning("js/main.js") == (
        ("joined/parts/main-1.js",),
        ("joined/parts/later-2.js", "joined/parts/shared-3.js"),
    )
    (sources / "js/store.js").write_text("export const more = 1;")
    assert joined.beginning("js/main.js") is None
    join(sources)
    assert joined.beginning("js/main.js") is not None
    (sources / "js/store.js").unlink()
    assert joined.beginning("js/main.js") is None


def test_without_a_list_of_sources_each_module_is_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "_MADE_OF", tmp_path / "made_of.json")
    assert joined.beginning("js/main.js") is None


def test_the_pages_name_the_joined_files_and_run_the_first_of_them(
    join: Join, client: httpx.Client
) -> None:
    join(STATIC)
    for path, entry in (("/", "js/main.js"), ("/class", "js/class/main.js")):
        page = client.get(path).text
        named = re.findall(r'rel="modulepreload" href="\./static/([^"]*)"', page)
        assert named == [*_FILES[entry]["first"], *_FILES[entry]["later"]]
        assert f'<script type="module" src="./static/{named[0]}"></script>' in page
        assert "js/store.js" not in page


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("joined/parts/main-1.js", "public, max-age=31536000, immutable"),
        ("joined/shared/worker.js", "no-cache"),
        ("js/main.js", "no-cache"),
    ],
)
def test_what_is_named_for_its_content_is_kept_for_ever(
    tmp_path: Path, name: str, kept: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("export {};")
    scope = {"type": "http", "method": "GET", "headers": [], "query_string": b""}
    answer = Files(directory=tmp_path).file_response(path, path.stat(), scope)
    assert answer.headers["cache-control"] == kept
