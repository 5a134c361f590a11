"""A course page of another site that shows a run in a frame, in a real browser."""

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.running_server import CHECKOUT, RunningServer
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

TOKEN = "sesame-open-0123456789"
_READ = """async ([url, token]) => {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    const read = await fetch(url, { headers }).then((answer) => answer.json(), () => null);
    const gone = await fetch(url, { headers, method: "DELETE" }).then(() => true, () => false);
    return { status: read?.status ?? null, gone };
}"""
_HEAR = """(url) => new Promise((done) => {
    const source = new EventSource(url);
    source.addEventListener("run_finished", () => { source.close(); done("run_finished"); });
    source.onerror = () => { source.close(); done("refused"); };
})"""


# As whatever in the page would, though no button for it is seen.
_CHANGE = """async (run) => {
    const { runTable } = await import(new URL("../static/js/net/run_table.js", location.href));
    return runTable.remove([run]).then(() => "removed", ({ code }) => code);
}"""


class _Course(http.server.BaseHTTPRequestHandler):
    """A page whose frame shows what its address says after `?`."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        shown = self.path.partition("?")[2]
        page = f'<!doctype html><title>course</title><iframe src="{shown}"'
        self.wfile.write(f'{page} width="900" height="560"></iframe>'.encode())

    def log_message(self, *_arguments: object) -> None: ...


@pytest.fixture(scope="module")
def course() -> Iterator[int]:
    """The port of a web server with a course page, under any name."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Course) as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.01,))
        thread.start()
        yield other.server_port
        other.shutdown()
        thread.join()


def _allowing(port: int) -> tuple[str, ...]:
    """The command that allows the course, as `lab.test` and by no other name."""
    option = f"--allow-embedding http://lab.test:{port}"
    return ("sh", "-c", f'exec "$@" {option}', "sh", *CHECKOUT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def _trained(client: httpx.Client) -> str:
    """The path of a run that has ended: the one that is there, or a new one."""
    if latest := client.get("/api/runs").json()["runs"]:
        return f"/api/runs/{latest[0]['id']}"
    run = client.post("/api/runs", json={"preset": "mnist-strokes", "steps": 60}).json()
    path = f"/api/runs/{run['id']}"
    wait_until(lambda: client.get(path).json()["status"] == "finished", seconds=60)
    return path


def _framed(page: Page, course: str, shown: str) -> FrameLocator:
    page.goto(f"{course}/?{shown}")
    return page.frame_locator("iframe")


def test_an_allowed_page_shows_a_run_to_watch_and_reads_it_and_another_gets_nothing(
    course: int, browser: Browser, folder: Path
) -> None:
    with RunningServer(folder, command=_allowing(course)) as server:
        base, path = server.url.rstrip("/"), _trained(server.client)
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        frame = _framed(page, f"http://lab.test:{course}", base + path.removeprefix("/api"))
        expect(frame.locator("#now-step")).to_have_text("step 60")
        expect(frame.locator("#montage .tile")).to_have_count(16)
        for gone in ("#main-button", "#present-open", "#presets", "#runs .delete", "#follow"):
            expect(frame.locator(gone).first).to_be_hidden()
        frame.locator(".thumb").press("Home")
        expect(frame.locator("#now-step")).to_have_text("step 0")
        expect(frame.locator("#open-alone")).to_have_attribute("href", re.compile(r"\?step=0$"))
        assert page.frames[1].evaluate(_CHANGE, path.rpartition("/")[2]) == "watch_only"
        with page.expect_popup() as alone:
            frame.locator("#open-alone").click()
        expect(alone.value.locator("#now-step")).to_have_text("step 0")
        expect(alone.value.locator("#main-button")).to_be_visible()
        assert page.evaluate(_READ, [base + path, ""]) == {"status": "finished", "gone": False}
        assert page.evaluate(_HEAR, f"{base}{path}/events") == "run_finished"

        other = f"http://127.0.0.1:{course}"
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            frame = _framed(page, other, base + path.removeprefix("/api"))
        expect(frame.locator("#montage")).to_have_count(0)
        assert page.evaluate(_READ, [base + path, ""]) == {"status": None, "gone": False}
        assert page.evaluate(_HEAR, f"{base}{path}/events") == "refused"
        assert server.client.get(path).status_code == 200
        page.context.close()


def test_a_server_with_a_token_lets_the_frame_watch_by_the_link_for_others(
    course: int, browser: Browser, folder: Path
) -> None:
    variables = {"FILTERSCOPE_ALLOWED_HOSTS": "class.example", "FILTERSCOPE_TOKEN": TOKEN}
    with RunningServer(folder, command=_allowing(course), **variables) as server:
        base = server.url.partition("/?")[0]
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=base, headers=headers, timeout=30, trust_env=False) as client:
            path = _trained(client)
            host = {"Host": "class.example"}
            link = client.get("/api/join", params={"path": "/"}, headers=host).json()["url"]
        token = link.partition("token=")[2]
        page = browser.new_page()
        where = base + path.removeprefix("/api")
        frame = _framed(page, f"http://lab.test:{course}", f"{where}?token={token}")
        expect(frame.locator("#now-step")).to_have_text("step 60")
        expect(frame.locator("#open-alone")).to_have_count(0)
        assert page.evaluate(_READ, [base + path, token]) == {"status": "finished", "gone": False}
        assert page.evaluate(_READ, [base + path, ""])["status"] is None
        frame = _framed(page, f"http://lab.test:{course}", where)
        expect(frame.locator("#now-step")).to_have_text("step 60")
        page.goto(base)  # the cookie is that of the course's frames alone
        expect(page.locator("body")).to_contain_text("token_needed")
        page.context.close()
