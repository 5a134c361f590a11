"""The tour: questions, a guess and their answers, on the run in front of the viewer."""

import pytest
from playwright.sync_api import expect

from tests.browser.screen import TRAINED

pytestmark = pytest.mark.browser

QUESTIONS = [
    "What are those filters?",
    "What is a filter?",
    "Who chose these numbers?",
    "What does it become?",
    "How is it applied?",
    "How does it learn?",
    "Is it really an edge detector?",
    "What about 3 × 3?",
    "What about layer 2?",
    "Does it understand?",
    "Your turn.",
]
APART = """
    (() => {
        const [card, ring] = ['.tour-card', '.tour-ring'].map((name) =>
            document.querySelector(name).getBoundingClientRect());
        const across = Math.max(card.left - ring.right, ring.left - card.right);
        const down = Math.max(card.top - ring.bottom, ring.top - card.bottom);
        return ring.height > 20 ? Math.max(across, down) : 0;
    })()
"""


# The card whole in the window, with nothing of it to be scrolled.
WHOLE = """
    ((card) => card.scrollHeight <= card.clientHeight + 1
        && card.getBoundingClientRect().top >= 0
        && card.getBoundingClientRect().bottom <= innerHeight)(document.querySelector('.tour-card'))
"""
SMALL = [(390, 844), (844, 390), (360, 640)]


@pytest.fixture(scope="module")
def two_layers(server):
    """A run that has ended, with two layers of filters."""
    recipe = {"preset": "mnist-two-layers", "steps": 90, "name": "Two layers, short"}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert [line for line in events.iter_lines() if line == "event: run_finished"]
    return run


class Tour:
    def __init__(self, screen):
        self.screen = screen
        self.page = screen.page
        self.card = screen.page.get_by_role("dialog")
        self.title = screen.page.locator("#tour-title")
        self.words = screen.page.locator("#tour-words")
        self.ring = screen.page.locator(".tour-ring")

    def expect(self, number):
        expect(self.title).to_have_text(QUESTIONS[number - 1])
        expect(self.page.locator("#tour-place")).to_have_text(f"Tour, {number} of {len(QUESTIONS)}")

    def press(self, name):
        self.card.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def tour(screen):
    return Tour(screen)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (900, 700), (720, 900), (360, 640)])
def test_the_tour_asks_its_questions_in_order_and_covers_nothing_that_it_points_at(
    open_screen, two_layers, width, height
):
    tour = Tour(open_screen(width, height))
    tour.screen.go_to_end(two_layers)
    tour.page.locator("#tour-open").click()
    for number in range(1, len(QUESTIONS) + 1):
        tour.expect(number)
        expect(tour.ring).to_be_visible()
        expect(tour.words.locator("p").first).not_to_be_empty()
        tour.screen.wait_until(f"location.search.includes('tour={number}')")
        tour.screen.wait_until(f"{APART} > 4")
        tour.press("Done" if number == len(QUESTIONS) else "Next")
    expect(tour.card).to_be_hidden()
    tour.screen.wait_until("!location.search.includes('tour')")
    assert tour.page.evaluate("localStorage.getItem('filterscope-tour')") is None


@pytest.mark.parametrize(
    ("number", "scene"), [(2, "live"), (5, "microscope"), (6, "filter"), (9, "filter")]
)
def test_a_link_leads_to_a_step_and_opens_the_view_it_is_about(tour, two_layers, number, scene):
    tour.screen.go(f"/runs/{two_layers}?tour={number}")
    tour.expect(number)
    tour.screen.wait_until(f"document.body.dataset.scene === '{scene}'")
    expect(tour.ring).to_be_visible()


def test_its_numbers_are_those_of_the_run_in_front_of_the_viewer(tour, two_layers, finished_run):
    tour.screen.go_to_end(two_layers, "?tour=2")
    expect(tour.words).to_contain_text("7 rows and 7 columns: 49 numbers")
    expect(tour.words).to_contain_text("sixteen such filters")
    tour.screen.go_to_end(two_layers, "?tour=4")
    oriented = tour.page.evaluate(
        "[...document.querySelectorAll('#montage .word')]"
        ".filter(({ textContent }) => ['edge', 'line'].includes(textContent)).length"
    )
    expect(tour.words).to_contain_text(
        f"At step 90, {oriented or 'none'} of {'' if oriented else 'the '}16 pass"
    )
    tour.screen.go_to_end(two_layers, "?tour=9")
    expect(tour.words).to_contain_text("3 × 3 places of 16 feature maps, 144 numbers")
    tour.screen.go_to_end(finished_run, "?tour=9")
    expect(tour.words).to_contain_text("only one layer of filters")


def test_while_a_run_trains_the_words_follow_it(tour, begin_run):
    run = begin_run(steps=100_000)
    tour.screen.go(f"/runs/{run}?tour=4")
    expect(tour.words).to_contain_text("Training goes on while you read.")
    told = "parseInt(document.querySelector('#tour-words').textContent.split('At step ')[2])"
    tour.screen.wait_until(f"{told} > 0")
    before = tour.page.evaluate(told)
    tour.screen.wait_until(f"{told} > {before}")


def test_keys_lead_on_and_back_and_escape_leaves_where_one_was(tour, finished_run):
    tour.screen.go_to_end(finished_run)
    button = tour.page.get_by_role("button", name="Take the tour")
    button.press("Enter")
    tour.expect(1)
    expect(tour.title).to_be_focused()
    tour.page.keyboard.press("n")
    tour.expect(2)
    expect(tour.title).to_be_focused()
    tour.page.keyboard.press("ArrowLeft")
    tour.expect(1)
    tour.page.keyboard.press("ArrowRight")
    tour.page.keyboard.press("b")
    tour.expect(1)
    tour.page.keyboard.press("Escape")
    expect(tour.card).to_be_hidden()
    expect(button).to_be_focused()
    expect(tour.ring).to_be_hidden()


def test_the_tour_goes_on_where_it_was_left_even_on_another_day(tour, finished_run):
    tour.screen.go_to_end(finished_run, "?tour=5")
    tour.expect(5)
    tour.press("Leave the tour")
    tour.screen.wait_until("!location.search.includes('tour')")
    tour.page.reload()
    tour.page.get_by_role("button", name="Take the tour").click()
    tour.expect(5)


def test_where_the_browser_keeps_nothing_the_tour_begins_anew(tour, finished_run):
    tour.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    tour.screen.go_to_end(finished_run)
    tour.page.get_by_role("button", name="Take the tour").click()
    tour.expect(1)
    tour.press("Next")
    tour.expect(2)


def test_the_page_stays_usable_beside_the_card(tour, finished_run):
    tour.screen.go_to_end(finished_run, "?tour=3")
    tour.expect(3)
    tour.page.get_by_role("link", name="Draw").click()
    expect(tour.page.locator("#scene-draw")).to_be_visible()
    tour.press("Show me")
    expect(tour.page.locator("#before")).to_be_visible()
    expect(tour.ring).to_be_visible()


def test_without_a_run_the_tour_asks_for_a_guess_trains_and_says_what_came_of_it(tour):
    tour.screen.go("/?tour=2")
    expect(tour.words).to_contain_text("9 rows and 9 columns")
    tour.press("Next")
    guess = tour.page.get_by_role("slider", name="Your guess")
    expect(guess).to_have_attribute("aria-valuetext", "no guess yet")
    tour.press("One more")
    guess.press("ArrowRight")
    expect(guess).to_have_attribute("aria-valuetext", "10 of 16")
    expect(tour.words).to_contain_text("The tour now trains this network itself")
    tour.press("Train and see")
    tour.screen.wait_until("location.pathname.startsWith('/runs/')")
    result = tour.page.locator("#tour-result")
    expect(result).to_contain_text("You said 10; it was", timeout=TRAINED)
    said = result.text_content()
    expect(tour.screen.headline).to_contain_text(f"{said.split()[-1].strip('.')} of 16")
    tour.page.reload()
    expect(result).to_have_text(said)
    tour.page.keyboard.press("Escape")
    expect(tour.card).to_be_hidden()


def test_a_guess_is_made_at_step_0_even_where_the_run_has_ended(tour, finished_run):
    tour.screen.go_to_end(finished_run, "?tour=2")
    tour.press("Next")
    expect(tour.screen.shown_step).to_have_text("step 0")
    tour.press("One fewer")
    tour.press("Next")
    expect(tour.page.locator("#tour-result")).to_contain_text("You said 7")
    expect(tour.screen.shown_step).to_have_text("step 120")


def test_a_link_to_a_card_starts_nothing_by_itself(tour):
    tour.screen.go("/?tour=4")
    expect(tour.words).to_contain_text("There is no run yet")
    tour.press("Start training")
    tour.screen.wait_until("location.pathname.startsWith('/runs/')")
    expect(tour.words).to_contain_text("At step 0, none of the 16 filters")


def test_3x3_filters_are_shown_on_a_run_of_their_own_and_the_tour_comes_back(
    tour, finished_run, server
):
    begun = server.client.post(
        "/api/runs", json={"preset": "keras-mnist", "steps": 30, "name": "Keras, short"}
    ).json()["id"]
    with server.client.stream("GET", f"/api/runs/{begun}/events") as events:
        told = [line for line in events.iter_lines() if '"plane_p"' in line]
    assert told
    tour.screen.go_to_end(finished_run, "?tour=8")
    tour.press("Show that run")
    tour.screen.wait_until(f"location.pathname === '/runs/{begun}'")
    expect(tour.words).to_contain_text("32 filters of 3 × 3 after 30 steps")
    expect(tour.words).to_contain_text("Chance alone would give about 1.6.")
    tour.press("Next")
    tour.screen.wait_until(f"location.pathname === '/runs/{finished_run}'")
    tour.expect(9)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 10, 11])
def test_on_a_phone_the_sheet_lies_above_the_dock_and_not_over_what_it_speaks_of(
    open_screen, two_layers, number
):
    tour = Tour(open_screen(390, 844))
    tour.screen.go_to_end(two_layers, f"?tour={number}")
    tour.expect(number)
    expect(tour.ring).to_be_visible()
    tour.screen.wait_until(
        "document.querySelector('.tour-card').getBoundingClientRect().bottom"
        " <= document.querySelector('.dock').getBoundingClientRect().top + 1"
    )
    tour.screen.wait_until(f"{APART} > 3")
    assert tour.screen.width_needed() <= 390


def test_no_card_must_be_scrolled_and_a_folded_one_leaves_room_at_400_per_cent(
    open_screen, two_layers
):
    screen = open_screen(*SMALL[-1])
    tour = Tour(screen)
    screen.go_to_end(two_layers, "?tour=1")
    for number in range(1, len(QUESTIONS) + 1):
        tour.expect(number)
        for width, height in SMALL:
            screen.page.set_viewport_size({"width": width, "height": height})
            screen.wait_until(f"innerWidth === {width} && ({WHOLE}) && {APART} > 3")
        screen.page.set_viewport_size({"width": 320, "height": 256})
        tour.press("Fold")
        screen.wait_until(f"innerWidth === 320 && ({WHOLE}) && {APART} > 3")
        expect(tour.words).to_be_hidden()
        expect(tour.title).to_be_visible()
        screen.page.keyboard.press("n")
