"""A clone's page: joined modules until one of them is edited, then each as it is written."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.contracts.repository import ROOT
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder that holds what this one does, with scripts of its own to edit."""
    for name in ("app", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "static", tmp_path / "static")
    return tmp_path


def test_an_edit_is_there_when_the_page_is_loaded_again_and_all_parts_come(
    open_screen: OpenScreen, clone: Path
) -> None:
    with RunningServer(clone / "data", where=clone) as server:
        screen = open_screen()
        screen.url = server.url.rstrip("/")
        asked: list[str] = []
        screen.page.on("request", lambda request: asked.append(request.url))
        screen.go()
        assert [url for url in asked if "/static/joined/parts/" in url]
        assert not [url for url in asked if "/static/js/" in url and "ahead" not in url]
        asked.clear()
        store = clone / "static/js/store.js"
        store.write_text(f'{store.read_text()}document.documentElement.lang = "en-GB";\n')
        screen.go("/?view=draw")
        expect(screen.page.locator("#scene-draw")).to_have_class("scene scene-draw ready")
        expect(screen.page.locator("html")).to_have_attribute("lang", "en-GB")
        assert not [url for url in asked if "/static/joined/" in url]
        screen.wait_for_answers()
        screen.page.close()  # before its server ends
