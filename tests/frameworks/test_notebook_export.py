"""A notebook that trains is executed and exported; its film is in the page that comes of it."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import expect, sync_playwright

from tests.browser.find_chromium import find_chromium
from tests.contracts.repository import ROOT
from tests.docs_code import WATCHING, code_in
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, not ours
SETUP = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import app
import numpy as np
sys.modules["filterscope"] = app
kernel = np.random.default_rng(15).normal(size=(7, 7, 1, 16)).astype("f4")
"""
AGAIN = "run._sender.catch_up(60)  # a busy machine's server may take longer than a cell waits\nrun"
END = "run.close()"
COLOURS = """(one) => {
    const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
    return new Set(new Uint32Array(data.buffer)).size;
}"""


def test_a_notebook_keeps_the_film_when_it_is_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [SETUP, code_in(WATCHING)["In a notebook"], AGAIN, END]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    with RunningServer(tmp_path / "data") as server:
        monkeypatch.setenv("FILTERSCOPE_URL", server.url)
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=str(tmp_path))
    page, _ = HTMLExporter().from_notebook_node(notebook)
    exported = tmp_path / "notebook.html"
    exported.write_text(page, encoding="utf-8")
    assert complaints_of(exported) == []


def complaints_of(exported: Path) -> list[str]:
    """Opens the page without a network until its filters are painted; returns what went wrong."""
    complaints: list[str] = []
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        path = find_chromium()
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        page = browser.new_context(offline=True, viewport={"width": 1100, "height": 900}).new_page()
        page.on("pageerror", lambda error: complaints.extend([str(error)]))
        page.goto(exported.as_uri(), wait_until="domcontentloaded")
        frame = page.locator("iframe").last
        frame.scroll_into_view_if_needed()  # where nobody sees it, a browser has it paint nothing
        canvas = frame.content_frame.locator("canvas").first
        expect(canvas).to_be_visible(timeout=30_000)
        wait_until(lambda: canvas.evaluate(COLOURS) > 10, "no filter was painted")
        browser.close()
    return complaints
