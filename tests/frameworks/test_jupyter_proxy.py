"""The page by way of a real jupyter-server-proxy, in a real browser, without a setting."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.find_chromium import find_chromium
from tests.browser.nginx import free_port
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytest.importorskip("jupyter_server_proxy")

TOKEN = "sesame"


@pytest.fixture
def jupyter(tmp_path: Path) -> Iterator[str]:
    """The address of a Jupyter server."""
    port = free_port()
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": str(port),
        "IdentityProvider.token": TOKEN,
        "ServerApp.root_dir": str(tmp_path),
    }
    told = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", *told]
    process = subprocess.Popen(command, env={**os.environ, "HOME": str(tmp_path)})
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(address), "Jupyter doesn't answer", 60)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api", trust_env=False).status_code < 500
    except httpx.HTTPError:
        return False


def test_a_run_is_trained_and_watched_under_jupyters_own_address(
    jupyter: str, tmp_path: Path
) -> None:
    with RunningServer(tmp_path / "data") as server, sync_playwright() as playwright:
        port = server.url.rpartition(":")[2]
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        page = browser.new_page()
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(f"{jupyter}/proxy/{port}/?token={TOKEN}")
        page.locator("#main-button").click()
        expect(page.locator("#state .word")).to_have_text("Finished", timeout=90_000)
        assert page.url.startswith(f"{jupyter}/proxy/{port}/runs/")
        page.reload()
        expect(page.locator("#montage .tile")).to_have_count(16)
        browser.close()
        assert broken == []
