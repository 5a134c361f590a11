"""Files that come and go, sharing, the tour, the theme, and a lost server, in each browser."""

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.browsers.test_journeys import STEP, STEP_NUMBER, go
from tests.browsers.window import Window
from tests.running_server import RunningServer


def is_png(data: bytes) -> bool:
    return Image.open(io.BytesIO(data)).format == "PNG"


def test_files_are_taken_home_and_say_what_they_are(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}")
    window.wait(f"{STEP} === 'step 120'")
    window.click("#export-open")
    window.keep_files()
    for query, ending in (
        ("format=png&still=1", "png"),
        ("format=svg&still=1", "svg"),
        ("format=gif", "gif"),
        ("format=csv&table=curves", "csv"),
        ("format=html", "html"),
    ):
        window.click(f'#export [data-export="{query}"]')
        data = window.saved(ending)
        if ending == "png":
            assert is_png(data)
        elif ending == "svg":
            assert ET.fromstring(data).tag.endswith("svg")
        elif ending == "gif":
            assert Image.open(io.BytesIO(data)).n_frames > 5
        elif ending == "csv":
            assert data.startswith(b"step,")
        else:
            (window.downloads / "page.keep").write_bytes(data)
        window.see("#export-outcome", "Saved")
    window.press("Escape")
    window.wait("!document.querySelector('#export').open")


def test_the_page_that_was_saved_opens_from_the_disk(window: Window) -> None:
    saved = window.downloads / "page.keep"
    page = saved.rename(window.driver.folder / "run.html")
    window.driver.go(page.as_uri())
    window.wait("document.querySelector('#saved-what')?.textContent.length > 0")
    window.focus(".scrubber .thumb")
    window.press("Home")
    window.wait("document.querySelector('.scrubber .thumb').ariaValueNow === '0'")


@pytest.fixture(scope="module")
def model_file(
    server: RunningServer, finished_run: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The network that was trained, as a file of PyTorch's."""
    query = {"format": "safetensors", "step": "latest"}
    answer = server.client.get(f"/api/runs/{finished_run}/export", params=query)
    answer.raise_for_status()
    file = tmp_path_factory.mktemp("model") / "mine.safetensors"
    file.write_bytes(answer.content)
    return file


def test_a_model_file_is_opened_and_its_filters_laid_on_ones_own_picture(
    window: Window, server: RunningServer, model_file: Path
) -> None:
    go(window, server)
    window.driver.choose("#file-input", model_file)
    window.see("#program-name", "mine.safetensors")
    window.see("#state", "Opened")
    window.wait("document.querySelectorAll('#montage .tile').length === 16")
    window.click(".scenes a", "Microscope")
    window.see("#lens-bring")
    picture = Image.new("L", (28, 28))
    ImageDraw.Draw(picture).line([(4, 24), (24, 4)], fill=255, width=3)
    picture.save(model_file.with_name("mine.png"))
    window.driver.choose("#lens-file", model_file.with_name("mine.png"))
    window.see("#lens-source", "mine.png")
    window.wait("document.querySelector('#lens-sight canvas')?.width > 0")


def test_the_tours_first_cards_are_gone_through(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}")
    window.click("#tour-open")
    window.see("#code-sum b")  # what the first card points at; it moves until that is there
    for title in ("What are those filters?", "What is a filter?", "Who chose these numbers?"):
        window.see("#tour-title", title)
        window.click(".tour-card button", "Next")
    window.press("Escape")
    window.wait("!location.search.includes('tour')")


def test_the_theme_is_switched_and_kept(window: Window, server: RunningServer) -> None:
    go(window, server)
    for label, colour in (("Dark", "rgb(17, 18, 21)"), ("Light", "rgb(251, 251, 250)")):
        window.click("#help-open")
        window.click("#theme label", label)
        window.wait(f"getComputedStyle(document.documentElement).backgroundColor === '{colour}'")
        go(window, server)
        window.wait(f"getComputedStyle(document.documentElement).backgroundColor === '{colour}'")
    window.click("#help-open")
    window.click("#theme label", "System")
    window.press("Escape")


def test_share_gives_the_link_or_says_where_it_is(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}")
    before = window.evaluate("document.body.innerText")
    window.click("#share")
    window.wait(f"document.body.innerText !== {before!r}")


def test_a_lost_server_is_said_and_found_again(window: Window, tmp_path: Path) -> None:
    with RunningServer(tmp_path) as first:
        port = int(first.url.rstrip("/").rsplit(":", 1)[1])
        recipe = {"preset": "mnist-strokes", "steps": 100_000}
        run = first.client.post("/api/runs", json=recipe).json()["id"]
        go(window, first, f"/runs/{run}")
        window.wait(f"{STEP_NUMBER} >= 3")
    window.see("#under", "Connection lost at step")
    with RunningServer(tmp_path, port):
        window.wait("!document.querySelector('#under').textContent.includes('Connection lost')")
        window.driver.go("about:blank")
    said = (
        window.driver.complaints()
    )  # every browser tells in words of its own what it did not reach
    assert not [words for words in said if "TypeError: undefined" in words], said
