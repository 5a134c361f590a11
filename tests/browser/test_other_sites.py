"""What a real browser lets other sites' pages have of a server on this machine."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.running_server import CHECKOUT, RunningServer
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

_PICTURE = "/api/runs/latest/export?format=svg&view=loss"
_ASK = """async (url) => {
    const picture = new Image();
    const loaded = await new Promise((done) => {
        picture.onload = () => done(picture.naturalWidth > 0);
        picture.onerror = () => done(false);
        picture.src = url;
    });
    const read = await fetch(url).then((answer) => answer.status, () => null);
    return { loaded, read };
}"""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server as it is started without a word, with one short run in it."""
    with RunningServer(tmp_path_factory.mktemp("data")) as server:
        _train(server)
        yield server


@pytest.fixture(scope="module")
def embedding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The same, told that other pages may show its pictures."""
    allowing = ("sh", "-c", 'exec "$@" --allow-embedding', "sh", *CHECKOUT)
    with RunningServer(tmp_path_factory.mktemp("data"), command=allowing) as server:
        _train(server)
        yield server


def _train(server: RunningServer) -> None:
    run = server.client.post("/api/runs", json={"preset": "mnist-strokes", "steps": 3}).json()
    path = f"/api/runs/{run['id']}"
    wait_until(lambda: server.client.get(path).json()["status"] == "finished", seconds=60)
    assert server.client.get(_PICTURE).status_code == 200


class _Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another program of this machine with a page: at /sandbox one that belongs to no site."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/sandbox":
            rights = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
            self.send_header("Content-Security-Policy", f"sandbox {rights}")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title><a target=_blank>open</a>")

    def log_message(self, *_arguments: object) -> None: ...


@pytest.fixture(params=["same-site", "cross-site"])
def elsewhere(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of somebody else, who has nothing but the address of the server."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.01,))
        thread.start()
        context = browser.new_context()
        page = context.new_page()
        path = "/" if request.param == "same-site" else "/sandbox"
        page.goto(f"http://127.0.0.1:{other.server_port}{path}")
        yield page
        context.close()
        other.shutdown()
        thread.join()


def test_a_page_of_another_site_gets_no_picture_and_no_answer(
    closed: RunningServer, elsewhere: Page
) -> None:
    url = closed.url.rstrip("/") + _PICTURE
    assert elsewhere.evaluate(_ASK, url) == {"loaded": False, "read": None}


def test_it_may_show_pictures_where_that_was_allowed_but_not_read_them(
    embedding: RunningServer, elsewhere: Page
) -> None:
    url = embedding.url.rstrip("/") + _PICTURE
    assert elsewhere.evaluate(_ASK, url) == {"loaded": True, "read": None}


def test_links_on_it_lead_to_the_page_a_run_and_a_file(
    closed: RunningServer, elsewhere: Page
) -> None:
    base = closed.url.rstrip("/")
    run = closed.client.get("/api/runs/latest").json()["id"]
    link = elsewhere.locator("a")
    for path in ("/", f"/runs/{run}?step=1"):
        link.evaluate("(link, url) => { link.href = url; }", base + path)
        with elsewhere.context.expect_page() as opened:
            link.click()
        opened.value.wait_for_selector("#montage")
    link.evaluate("(link, url) => { link.href = url; link.target = ''; }", base + _PICTURE)
    with elsewhere.expect_download() as saved:
        link.click()
    assert "<svg" in Path(saved.value.path()).read_text()
