"""The same journeys in each browser that is there; `make test-browsers` runs them."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsers.driven import Chromium, WebKit, lacking
from tests.browsers.firefox import Firefox
from tests.browsers.window import Driver, Window
from tests.running_server import RunningServer

BROWSERS = ("chromium", "firefox", "webkit")


def _started(name: str, folder: Path) -> Driver:
    """A browser, or the test skipped with a sentence where it isn't installed."""
    if name == "firefox":
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if program is None:
            pytest.skip("no Firefox here: install firefox-esr")
        return Firefox(program, folder)
    missing = lacking(name)
    if missing:
        package = {"chromium": "chromium-driver", "webkit": "webkit2gtk-driver and xvfb"}[name]
        pytest.skip(f"no {missing} here: install {package}")
    return Chromium(folder) if name == "chromium" else WebKit(folder)


@pytest.fixture(scope="module", params=BROWSERS)
def driver(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Driver]:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "Downloads").mkdir()
    driver = _started(request.param, folder)
    sys.stdout.write(f"\n{driver.name} {driver.version}\n")
    yield driver
    driver.close()


@pytest.fixture
def window(driver: Driver) -> Iterator[Window]:
    """A window of 1440×900; whatever the page complained of fails the test."""
    driver.resize(1440, 900)
    yield Window(driver)
    while len(driver.tabs) > 1:
        driver.close_tab()
    assert driver.complaints() == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def finished_run(server: RunningServer) -> str:
    """A short run that has ended."""
    recipe = {"preset": "mnist-strokes", "steps": 120, "name": "Short strokes"}
    run = str(server.client.post("/api/runs", json=recipe).json()["id"])
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert any("run_finished" in line for line in events.iter_lines())
    return run
