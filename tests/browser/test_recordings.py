"""What a program wrote into a file is opened by the page; a notebook has its film in a frame."""

import base64
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from app import watch
from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.client.training import Training
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

COLOURS = """(one) => {
    const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
    return new Set(new Uint32Array(data.buffer)).size;
}"""
DROP = """([name, text]) => {
    const data = new DataTransfer();
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    data.items.add(new File([bytes], name));
    const event = { dataTransfer: data, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent("drop", event));
}"""


def film(path: Path, name: str) -> Training:
    """Writes a training into a file, as its program does where there is no server."""
    training = Training()
    with watch(to=path, name=name, total_steps=40) as run:
        for step in range(40):
            run.step(training.kernels, step=step, loss=training.loss)
            training.update()
            if step == 20:
                run._sender.catch_up(9)  # what comes later is another packet
    return training


@pytest.fixture
def screen(open_screen: OpenScreen) -> Screen:
    screen = open_screen()
    screen.go("/")
    return screen


def drop(screen: Screen, name: str, data: bytes) -> None:
    screen.page.evaluate(DROP, [name, base64.b64encode(data).decode()])


def newest(server: RunningServer, name: str) -> dict[str, object]:
    runs = server.client.get("/api/runs?limit=5").json()["runs"]
    return next(dict(run) for run in runs if run["name"] == name)


def last_kernel(client: httpx.Client, run: object) -> bytes:
    answer = client.get(f"/api/runs/{run}/snapshots/latest?layer=conv1").json()
    return base64.b64decode(answer["kernel"]["bdata"])


def test_a_chosen_file_becomes_a_run_and_opens(
    screen: Screen, server: RunningServer, tmp_path: Path
) -> None:
    training = film(tmp_path / "cluster.fscope", "on the cluster")
    with screen.page.expect_file_chooser() as chooser:
        screen.page.get_by_role("button", name="Open a file…").first.click()
    chooser.value.set_files(tmp_path / "cluster.fscope")
    expect(screen.page.locator("#program-name")).to_contain_text("on the cluster")
    expect(screen.page.locator("#opening")).to_be_hidden()
    run = newest(server, "on the cluster")
    assert (run["status"], run["step"]) == ("finished", 40)
    assert str(run["id"]) in screen.page.url
    assert last_kernel(server.client, run["id"]) == training.kept[-1].tobytes()


def test_of_a_dropped_file_that_was_cut_the_rest_is_said(
    screen: Screen, server: RunningServer, tmp_path: Path
) -> None:
    film(tmp_path / "cut.fscope", "cut")
    drop(screen, "cut.fscope", (tmp_path / "cut.fscope").read_bytes()[:-7])
    opening = screen.page.locator("#opening")
    expect(opening).to_contain_text(
        "cut.fscope isn’t whole: its last packet ends 7 bytes too early"
    )
    expect(screen.page.locator("#program-name")).to_contain_text("cut")
    assert newest(server, "cut")["status"] == "running"  # it may go on
    opening.get_by_role("button").click()
    expect(opening).to_be_hidden()


def test_another_file_is_refused_in_words(open_screen: OpenScreen) -> None:
    screen = open_screen(expected=("status of 422",))
    screen.go("/")
    drop(screen, "<b>holiday</b>.png", b"\x89PNG\r\n\x1a\n" + bytes(40))
    toast = screen.page.locator("#toast")
    expect(toast).to_contain_text("<b>holiday</b>.png can’t be opened: This is no file of weights")


def test_in_a_notebook_the_film_stands_in_a_frame_that_asks_nobody(
    browser: Browser, server: RunningServer, tmp_path: Path
) -> None:
    training = Training()
    with watch(to=server.url, name="in a notebook", total_steps=40) as run:
        for step in range(40):
            run.step(training.kernels, step=step, loss=training.loss)
            training.update()
        run._sender.catch_up(30)  # a busy machine's server may take longer than a cell waits
        cell = tmp_path / "cell.html"
        cell.write_text(f"<!doctype html><meta charset=utf-8>{run._repr_html_()}", encoding="utf-8")
    asked: list[str] = []
    complaints: list[str] = []
    with browser.new_context(offline=True, viewport={"width": 1100, "height": 800}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.extend([request.url]))
        page.on("pageerror", lambda error: complaints.extend([str(error)]))
        page.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
        page.goto(cell.as_uri())
        expect(page.locator("strong")).to_have_text("in a notebook")
        expect(page.get_by_role("link", name="Watch it live")).to_have_attribute("href", run.url)
        frame = page.frame_locator("iframe")
        expect(frame.locator("canvas").first).to_be_visible()
        canvas = frame.locator("canvas").first
        wait_until(lambda: canvas.evaluate(COLOURS) > 10, "no filter was painted")
    assert [url for url in asked if url != cell.as_uri() and not url.startswith("about:")] == []
    assert complaints == []
