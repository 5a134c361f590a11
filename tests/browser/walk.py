"""The way through all that the page shows: scenes, dialogs, a pupil's phone, the wall."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.scenes import READY, SCENES
from tests.browser.screen import Screen
from tests.running_server import RunningServer

LEADER = "desk-walk-0001"


def walk(screen: Screen, server: RunningServer, run: str, twin: str) -> Iterator[str]:
    """Goes through the page as it stands in each scene, in dialogs and in front of a class."""
    page = screen.page
    screen.go_to_end(run, "?filter=3")
    expect(page.locator(".measure .drawing:has(path)")).to_have_count(3)
    screen.wait_for_answers()
    page.keyboard.press("Tab")
    screen.wait_for_paint()
    yield "live"
    for scene in SCENES:
        _go(page, f"/runs/{run}?view={scene}&filter=5&with={twin}")
        expect(page.locator(READY[scene]).first).to_be_attached()
        if scene == "code":
            page.locator(".code-word").first.click()
        screen.wait_for_answers()
        screen.wait_for_paint()
        yield scene
        if scene == "runs":
            page.locator("#runs-rows .runs-tick").first.click()
            expect(page.locator("#runs-tray")).to_be_visible()
            yield "runs, ticked"
        if scene == "map":
            yield from _over_a_map(screen, server)
    _go(page, f"/runs/{run}?tour=2")
    expect(page.locator(".tour-ring")).to_be_visible()
    screen.wait_for_answers()
    screen.wait_for_paint()
    yield "tour"
    _go(page, f"/runs/{run}")
    for dialog in ("export", "help"):
        page.evaluate("(id) => document.getElementById(id).click()", f"{dialog}-open")
        expect(page.locator(f"#{dialog}")).to_be_visible()
        screen.wait_for_answers()
        screen.wait_for_paint()
        yield dialog
        page.keyboard.press("Escape")
    yield from _on_a_phone(screen, server, run)
    yield from _on_the_wall(screen, server, run)


def _over_a_map(screen: Screen, server: RunningServer) -> Iterator[str]:
    """A sweep of three settings, one value of which breaks its runs: small maps side by side."""
    axes = {
        "optimizer.learning_rate": [0.05, 900],
        "layers.0.weight_decay": [0, 0.02],
        "layers.0.kernel_size": [7, 9],
    }
    asked = {
        "base": {"preset": "mnist-strokes", "steps": 8},
        "axes": [{"field": field, "values": values} for field, values in axes.items()],
    }
    answer = server.client.post("/api/sweeps", json=asked).raise_for_status()
    _go(screen.page, f"/?view=map&sweep={answer.json()['id']}")
    expect(screen.page.locator("#map-board h1")).to_have_text(re.compile("nothing is told"))
    expect(screen.page.locator(".map-cell .map-strip:not(.empty)")).to_have_count(4)
    screen.page.locator(".map-cell").last.click()
    screen.wait_for_answers()
    screen.wait_for_paint()
    yield "map of a sweep"
    screen.page.locator(".map-cell").first.click()


def _go(page: Page, path: str) -> None:
    """Goes to a place as the button for going back does, without loading the page anew."""
    there = "history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate'));"
    page.evaluate(f"(path) => {{ {there} }}", path)


def _on_a_phone(screen: Screen, server: RunningServer, run: str) -> Iterator[str]:
    page, client = screen.page, server.client
    body = {"leader": LEADER, "begins": True, "run": run}
    client.put("/api/teaching", json=body).raise_for_status()
    code = client.get("/api/teaching").json()["code"]
    page.goto(f"{screen.url}/{code}")
    expect(page.locator("#filters canvas")).to_have_count(16)
    asked = {"leader": LEADER, "topic": "oriented_count"}
    client.post("/api/teaching/poll", json=asked).raise_for_status()
    expect(page.get_by_role("button", name="Answer")).to_be_visible()
    yield "asked, on a phone"
    told = {"leader": LEADER, "state": "revealed"}
    client.patch("/api/teaching/poll", json=told).raise_for_status()
    expect(page.get_by_text("it was", exact=True)).to_be_visible()
    yield "revealed, on a phone"
    client.delete(f"/api/teaching?leader={LEADER}")


def _on_the_wall(screen: Screen, server: RunningServer, run: str) -> Iterator[str]:
    page, client = screen.page, server.client
    screen.go_to_end(run, "?view=present")
    page.locator("#present-lead").click()
    page.get_by_role("button", name="Ask the class").click()
    yield "asking"
    page.get_by_role("button", name="How many become edges or lines?").click()
    expect(page.locator("#present-headline")).to_contain_text("How many of these")
    poll = client.get("/api/teaching").json()["poll"]["id"]
    for number, said in enumerate((3, 3, 16)):
        phone = f"/api/teaching/poll/votes/phone-{number:012}"
        client.put(phone, json={"poll": poll, "vote": said}).raise_for_status()
    expect(page.locator(".tally-hidden")).to_have_text("3 have answered")
    page.keyboard.press("h")
    expect(page.locator(".tally-drawing")).to_be_visible()
    yield "asked"
    page.keyboard.press(" ")
    expect(page.locator(".tally-drawing .truth")).to_be_visible()
    yield "revealed"
    page.keyboard.press(" ")
    yield from _collecting(screen, server)
    page.get_by_role("button", name="Clear away and go on").click()
    page.locator("#present-lead").click()


def _collecting(screen: Screen, server: RunningServer) -> Iterator[str]:
    page, client = screen.page, server.client
    page.get_by_role("button", name="Ask the class").click()
    page.get_by_role("button", name="Have them draw for the network").click()
    expect(page.locator(".scene-present.collecting")).to_be_visible()
    collected = client.get("/api/teaching").json()["drawings"]
    image = [[[255 * (10 < column < 14)] for column in range(28)] for _ in range(28)]
    for number in range(3):
        drawing = {"drawings": collected["id"], "image": image}
        phone = f"/api/teaching/drawings/phone-{number:012}"
        client.put(phone, json=drawing).raise_for_status()
    expect(page.locator(".present-drawings canvas")).to_have_count(3)
    screen.wait_for_paint()
    yield "drawings"
