"""The light page on phones: how little it takes, how it follows, answers and draws."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.screen import Screen
from tests.browser.violations import show_in
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

DESK = "desk-0001"
MOST_REQUESTS = 8
MOST_BYTES = 60_000
# Of all that was asked for before the first filters stood there, the page and its redirect too.
_ASKED = """() => {
    const [shown] = performance.getEntriesByName("filters shown");
    const [page] = performance.getEntriesByType("navigation");
    const before = performance.getEntriesByType("resource").filter(
        ({ startTime }) => startTime < shown.startTime);
    const all = [page, ...before];
    return {
        requests: all.length + page.redirectCount,
        bytes: all.reduce((sum, { transferSize }) => sum + transferSize, 0),
        names: before.map(({ name }) => name),
    };
}"""


@pytest.fixture
def teacher(server: RunningServer, finished_run: str) -> Iterator["Teacher"]:
    teacher = Teacher(server, finished_run)
    teacher.lead()
    yield teacher
    server.client.delete(f"/api/teaching?leader={DESK}")


@pytest.fixture
def phone(open_screen: Any, teacher: "Teacher") -> Page:
    screen: Screen = open_screen(390, 844, expected=("Failed to load resource",))
    return opened(screen, teacher)


def opened(screen: Screen, teacher: "Teacher") -> Page:
    """Opens the page by the code, once it follows."""
    page = screen.page
    code = teacher.client.get("/api/teaching").json()["code"]
    page.goto(f"{screen.url}/{code}")
    expect(page.locator("#filters canvas")).to_have_count(16)
    screen.wait_until("performance.getEntriesByName('filters shown').length === 1")
    return page


class Teacher:
    """A window that leads the class, without the window."""

    def __init__(self, server: RunningServer, run: str) -> None:
        self.client = server.client
        self.run = run

    def lead(self, **place: Any) -> None:
        body = {"leader": DESK, "begins": True, "run": self.run, **place}
        self.client.put("/api/teaching", json=body).raise_for_status()

    def ask(self, topic: str) -> None:
        body = {"leader": DESK, "topic": topic}
        self.client.post("/api/teaching/poll", json=body).raise_for_status()

    def say(self, state: str) -> None:
        body = {"leader": DESK, "state": state}
        self.client.patch("/api/teaching/poll", json=body).raise_for_status()


def complaints(page: Page) -> list[str]:
    """What axe-core objects to, in the dark and in the light."""
    found = []
    for scheme in ("dark", "light"):
        show_in(page, scheme)
        result = Axe().run(page)
        found += [f"{scheme}: {one['id']}" for one in result.response["violations"]]
    return found


def fits(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return wide


def test_the_first_filters_take_few_requests_and_bytes(
    phone: Page,
) -> None:
    asked = phone.evaluate(_ASKED)
    assert asked["requests"] <= MOST_REQUESTS, asked
    assert asked["bytes"] <= MOST_BYTES, asked
    assert not [name for name in asked["names"] if "/api/" in name]
    expect(phone.locator("#headline")).to_contain_text("of 16 filters see edges or lines.")


def test_it_follows_and_says_what_the_teacher_does(phone: Page, teacher: Teacher) -> None:
    doing, under = phone.locator("#doing"), phone.locator("#under")
    expect(doing).to_have_text("The teacher shows all filters as they ended.")
    teacher.lead(step=0)
    expect(under).to_contain_text("step 0 of 120")
    expect(doing).to_have_text("The teacher looks at step 0.")
    teacher.lead(filter=4, view="filter")
    expect(under).to_contain_text("step 120 of 120")
    expect(doing).to_contain_text("The teacher looks closely at filter 5, ")
    chosen = phone.locator("#filters canvas").nth(4)
    expect(chosen).to_have_class("chosen")
    teacher.lead(view="microscope")
    expect(doing).to_contain_text("what a filter finds in a picture")
    expect(chosen).not_to_have_class("chosen")
    teacher.client.delete(f"/api/teaching?leader={DESK}")
    expect(doing).to_contain_text("The teacher has stopped leading.")
    expect(phone.locator("#filters canvas")).to_have_count(16)
    assert complaints(phone) == []
    for width, height in ((320, 256), (360, 640), (844, 390), (1280, 720)):
        phone.set_viewport_size({"width": width, "height": height})
        assert fits(phone), (width, height)
    whole = phone.get_by_role("link", name="Open the whole page")
    assert whole.get_attribute("href") == "./?follow=1"


def test_a_line_that_is_lost_is_said_and_so_is_that_it_is_there_again(
    open_screen: Any, teacher: Teacher
) -> None:
    screen = open_screen(390, 844, expected=("Failed to load resource",))
    events = "**/api/teaching/events*"
    screen.page.route(events, lambda route: route.abort())
    phone = opened(screen, teacher)
    line = phone.locator("#line")
    expect(line).to_contain_text("The connection is lost; trying again.")
    phone.unroute(events)
    expect(line).to_have_text("Connected again.")
    teacher.lead(step=0)
    expect(phone.locator("#under")).to_contain_text("step 0 of 120")


def test_a_question_is_answered_by_keys_changed_and_seen_beside_what_was_right(
    phone: Page, teacher: Teacher
) -> None:
    teacher.ask("oriented_count")
    title = phone.get_by_role("heading", name="How many of these 16 become edges or lines?")
    expect(title).to_be_visible()
    expect(phone.locator("#headline")).to_be_hidden()  # it would betray the answer
    phone.keyboard.type("11")
    votes = "**/api/teaching/poll/votes/*"
    phone.route(votes, _busy)
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Yours is sent again in a second.")).to_be_visible()
    phone.unroute(votes)
    expect(phone.get_by_role("button", name="Answered: 11")).to_be_visible()
    phone.route(votes, lambda route: route.abort())
    phone.get_by_role("button", name="One more").click()
    phone.get_by_role("button", name="Change to 12").click()
    expect(phone.get_by_text("Your answer didn’t get through")).to_be_visible()
    phone.unroute(votes)
    phone.get_by_role("button", name="Change to 12").click()
    expect(phone.get_by_text("Your answer is 12. You can change it until")).to_be_visible()
    assert complaints(phone) == []
    phone.set_viewport_size({"width": 320, "height": 256})
    assert fits(phone)
    teacher.say("closed")
    expect(phone.get_by_text("No more answers are taken; wait for the reveal.")).to_be_visible()
    expect(phone.get_by_role("button", name="Answered")).to_be_hidden()
    teacher.say("revealed")
    expect(phone.locator(".figure-of.own strong")).to_have_text("12")
    expect(phone.locator(".figure-of.truth")).to_contain_text("it was")
    expect(phone.get_by_text("You said 12")).to_be_visible()
    teacher.client.delete(f"/api/teaching/poll?leader={DESK}")
    expect(phone.locator("#headline")).to_be_visible()
    teacher.ask("highest_score")
    expect(phone.get_by_role("heading", name="Which of these 16 gets")).to_be_visible()
    phone.locator("#filters canvas").nth(2).click()
    phone.get_by_role("button", name="Answer filter 3").click()
    expect(phone.get_by_role("button", name="Answered: filter 3")).to_be_visible()
    teacher.client.delete(f"/api/teaching/poll?leader={DESK}")


def _busy(route: Route) -> None:
    error = {"code": "too_fast", "message": "Too fast.", "field": None, "limit": None}
    route.fulfill(status=429, headers={"Retry-After": "1"}, json={"error": error})


def test_a_drawing_is_named_while_one_draws_and_goes_into_the_classs_grid(
    phone: Page, teacher: Teacher
) -> None:
    opened_by = {"leader": DESK, "is_open": True, "run": teacher.run}
    teacher.client.put("/api/teaching/drawings", json=opened_by).raise_for_status()
    hand_in = phone.get_by_role("button", name="Hand in")
    expect(hand_in).to_be_disabled()
    paper = phone.get_by_role("application")
    paper.focus()
    for key in (" ", *["ArrowDown"] * 5, " "):
        phone.keyboard.press(key)
    expect(phone.locator(".pad-answer")).to_contain_text("The network says ")
    hand_in.click()
    expect(phone.get_by_text("The class has it, as ")).to_be_visible()
    assert complaints(phone) == []
    all_of_them = teacher.client.get(f"/api/teaching/drawings?leader={DESK}").json()
    assert all_of_them["drawings"]["count"] == 1
    closed = {**opened_by, "is_open": False}
    teacher.client.put("/api/teaching/drawings", json=closed).raise_for_status()
    expect(phone.get_by_text("No more drawings are taken.")).to_be_visible()
    teacher.client.delete(f"/api/teaching/drawings?leader={DESK}")
    expect(paper).to_be_hidden()
