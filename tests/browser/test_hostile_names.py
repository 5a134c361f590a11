"""Names that try to become part of the page: each is shown as it was written, and none runs."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenScreen
from tests.reliability.scale import tries
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

NAMES = (
    "<script>hacked()</script>",
    "</script><script>hacked()</script>",
    "</title><script>hacked()</script>",
    "</textarea><img src=x onerror=hacked()>",
    "<img src=x onerror=hacked()>",
    "<img/src='x'/onerror='hacked()'>",
    "<svg onload=hacked()>",
    "<svg><script>hacked()</script></svg>",
    "<math><mi xlink:href='javascript:hacked()'>x</mi></math>",
    "<iframe srcdoc='<script>parent.hacked()</script>'></iframe>",
    "<a href='javascript:hacked()'>look</a>",
    "javascript:hacked()",
    '" onmouseover="hacked()" x="',
    "' autofocus onfocus='hacked()' x='",
    "`${hacked()}`",
    "{{ hacked() }}{% raw %}",
    "${hacked()}",
    "--><script>hacked()</script><!--",
    "]]><script>hacked()</script>",
    "<details open ontoggle=hacked()>",
    "&lt;script&gt;hacked()&lt;/script&gt;",
    "\\u003cscript\\u003ehacked()\\x3c/script\\x3e",
)
SOME_NAMES = NAMES[:: tries(5, 1)]
TOLD_ON_ITSELF = """
    window.hacks = [];
    window.hacked = () => window.hacks.push(document.activeElement?.outerHTML ?? "");
"""
MADE_OF_NAMES = """
    document.querySelectorAll(
        "[onerror], [onload], [onfocus], [onmouseover], [ontoggle], iframe, [href^='javascript:']"
    ).length
"""


@pytest.fixture(scope="module")
def named_runs(server: RunningServer) -> dict[str, str]:
    """The ends of runs with these names, by their names."""
    runs = {}
    for name in NAMES:
        recipe = {"preset": "dead-leaves", "steps": 2, "name": name}
        answer = server.client.post("/api/runs", json=recipe)
        answer.raise_for_status()
        runs[name] = answer.json()["id"]
    for run in runs.values():
        with server.client.stream("GET", f"/api/runs/{run}/events") as events:
            assert "event: run_finished" in list(events.iter_lines())
    return runs


def expect_harmless(page: Page) -> None:
    assert page.evaluate("window.hacks") == []
    assert page.evaluate(MADE_OF_NAMES) == 0


def test_a_name_is_words_wherever_the_page_shows_it(
    open_screen: OpenScreen, named_runs: dict[str, str]
) -> None:
    screen = open_screen()
    screen.page.add_init_script(TOLD_ON_ITSELF)
    screen.go()
    for name in NAMES[-5:]:  # the list holds the newest runs
        expect(screen.page.locator("#runs")).to_contain_text(name)
    expect_harmless(screen.page)
    for name in SOME_NAMES:
        screen.go_to_end(named_runs[name], "?view=microscope")
        expect(screen.page.locator("#scene-microscope")).to_contain_text(f"From {name}, step")
        screen.page.mouse.move(700, 60)
        expect_harmless(screen.page)


def test_a_name_is_words_in_the_offline_page(
    browser: Browser,
    named_runs: dict[str, str],
    server: RunningServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    page = browser.new_page()
    page.add_init_script(TOLD_ON_ITSELF)
    for number, name in enumerate(SOME_NAMES):
        answer = server.client.get(
            f"/api/runs/{named_runs[name]}/export", params={"format": "html"}
        )
        answer.raise_for_status()
        path = folder / f"{number}.html"
        path.write_bytes(answer.content)
        page.goto(path.as_uri())
        expect(page.locator("body")).to_contain_text(name)
        expect_harmless(page)
    page.close()
