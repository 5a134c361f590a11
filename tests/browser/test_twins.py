"""Two runs that differ in one thing, on one timeline."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screen import TRAINED
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

SHORT = {"preset": "mnist-strokes", "steps": 120}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Trains one run at a time, as a machine of two cores does."""
    with RunningServer(tmp_path_factory.mktemp("data"), FILTERSCOPE_RUNS="1") as running:
        yield running


def train(server, **recipe):
    run = server.client.post("/api/runs", json={**SHORT, **recipe}).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert any("run_finished" in line for line in events.iter_lines())
    return run


def recipe_of(server, run):
    return server.client.get(f"/api/runs/{run}").json()["recipe"]


@pytest.fixture(scope="module")
def pair(server, finished_run):
    """A short run and its twin without weight decay."""
    layers = recipe_of(server, finished_run)["layers"]
    layers[0]["weight_decay"] = 0
    return finished_run, train(server, layers=layers, name="No decay")


LAST_SEQS = """
    Promise.all(
        [location.pathname.split("/").pop(), new URLSearchParams(location.search).get("with")].map(
            async (id) => (await (await fetch(`/api/runs/${id}`)).json()).last_seq))
"""


class Twins:
    """The scene as a test sees it."""

    def __init__(self, screen):
        self.screen = screen
        self.page = screen.page
        self.title = screen.page.locator("#twins-title")
        self.differ = screen.page.locator("#twins-differ")
        self.again = screen.page.get_by_role("button", name="Run both again")

    def open(self, first, second=None):
        self.screen.go(f"/runs/{first}?view=twins" + (f"&with={second}" if second else ""))
        return self

    def what_if(self, words):
        self.page.locator("#twins-choices").get_by_role("button", name=words).click()

    def second(self):
        self.screen.wait_until("new URLSearchParams(location.search).has('with')")
        return self.page.evaluate("new URLSearchParams(location.search).get('with')")

    def expect_end(self):
        expect(self.again).to_be_visible(timeout=TRAINED)
        expect(self.differ).to_contain_text("filters of A see edges or lines")
        self.screen.wait_until("new URLSearchParams(location.search).has('with')")
        ends = self.page.evaluate(LAST_SEQS)
        times = "(seqs) => (seq) => seqs.filter((one) => one === seq).length"
        self.screen.wait_until(
            f"{ends}.every((seq) => ({times})(window.heard)(seq) >= ({times})({ends})(seq))"
        )
        self.screen.wait_for_paint()

    def picture(self, side):
        return self.page.evaluate(f"document.querySelector('#{side} canvas').toDataURL()")


@pytest.fixture
def twins(screen):
    return Twins(screen)


def test_one_click_trains_a_twin_that_differs_in_that_thing_alone(twins, server, finished_run):
    twins.open(finished_run)
    expect(twins.title).to_have_text("What if one thing were different?")
    twins.what_if("weight decay")
    twins.expect_end()
    expect(twins.title).to_have_text("Same start, one difference: weight decay.")
    expect(twins.page.locator("#twin-a .name")).to_have_text("Weight decay 0.05")
    expect(twins.page.locator("#twin-b .name")).to_have_text("No weight decay")
    first, second = recipe_of(server, finished_run), recipe_of(server, twins.second())
    assert first["layers"][0].pop("weight_decay") == 0.05
    assert second["layers"][0].pop("weight_decay") == 0
    assert first.pop("name") != second.pop("name")
    assert first == second


def test_both_begin_with_the_same_numbers_and_one_scrubber_moves_both(twins, pair):
    twins.open(*pair).expect_end()
    expect(twins.page.locator("#twins-start-words")).to_have_text("Both started here")
    twins.screen.wait_for_answers()
    asked = []
    twins.page.on("request", lambda request: asked.append(request.url))
    ends = [twins.picture(side) for side in ("twin-a", "twin-b")]
    assert ends[0] != ends[1]
    thumb = twins.page.locator("#scrubber .thumb")
    thumb.press("Home")
    expect(twins.page.locator("#twins-step")).to_have_text("at step 0")
    expect(twins.differ).to_contain_text("both are random numbers")
    assert twins.picture("twin-a") == twins.picture("twin-b")
    thumb.press("ArrowRight")
    expect(twins.page.locator("#twins-step")).to_have_text("at step 1")
    thumb.press("End")
    expect(twins.page.locator("#twins-step")).to_have_text("at step 120")
    assert [twins.picture(side) for side in ("twin-a", "twin-b")] == ends
    assert not [url for url in asked if re.search("/film|/snapshots|/events", url)]


def test_differences_are_said_in_words_computed_from_both(twins, server, pair):
    twins.open(*pair).expect_end()
    counts = []
    for run in pair:
        filters = server.client.get(f"/api/runs/{run}").json()["filters"]
        counts.append(sum(filters["labels"].get(label, 0) for label in ("edge", "line")))
    words = f"{counts[0]} of 16 filters of A see edges or lines, {counts[1]} of 16 of B."
    expect(twins.differ).to_contain_text(words)
    expect(twins.differ).to_contain_text("times as large")
    expect(twins.differ).to_contain_text("of new pictures are classified correctly by A")
    expect(twins.differ).to_contain_text("Alike: the weights of a filter and its twin agree")


def test_the_time_axis_marks_where_they_part_and_leads_there(twins, server, finished_run):
    twins.open(finished_run, train(server, pixels="shuffled", name="Shuffled")).expect_end()
    told = twins.differ.get_by_text("They part after").locator("b").text_content()
    twins.page.locator(".mark", has_text="they part").click()
    expect(twins.page.locator("#twins-step")).to_have_text(f"at {told}")
    twins.page.get_by_role("link", name="Live").click()
    expect(twins.page.locator(".mark", has_text="they part")).to_have_count(0)


def test_the_link_holds_the_pair_over_a_reload(twins, pair):
    twins.open(*pair).expect_end()
    words = twins.differ.text_content()
    pictures = [twins.picture(side) for side in ("twin-a", "twin-b")]
    twins.page.reload()
    twins.expect_end()
    expect(twins.differ).to_have_text(words)
    assert [twins.picture(side) for side in ("twin-a", "twin-b")] == pictures


def test_who_leaves_and_comes_back_finds_the_pair_as_it_was(twins, pair):
    twins.open(*pair).expect_end()
    twins.page.get_by_role("link", name="Live").click()
    expect(twins.screen.headline).to_be_visible()
    assert "with=" not in twins.page.url
    twins.page.get_by_role("link", name="Twins").click()
    twins.expect_end()
    assert twins.second() == pair[1]


def test_a_chosen_filter_is_ringed_in_both_and_compared(twins, pair):
    twins.open(*pair).expect_end()
    twins.page.locator("#twin-b .tile").nth(2).click()
    for side in ("twin-a", "start-a", "twin-b"):
        expect(twins.page.locator(f"#{side} .tile").nth(2)).to_contain_class("selected")
    expect(twins.differ).to_contain_text("Filter 3 is ")
    twins.page.keyboard.press("ArrowRight")
    expect(twins.differ).to_contain_text("Filter 4 is ")
    expect(twins.page.locator("#twin-b .tile").nth(3)).to_be_focused()
    twins.screen.wait_until("location.search.includes('filter=4')")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("pixels (shuffled)", "0 of 16 of B"),
        ("labels (random)", "Guessing gives 10 %."),
        ("filter size", "Filters of different sizes can’t be laid over one another"),
    ],
)
def test_each_choice_ends_in_words_of_its_own(twins, finished_run, choice, words):
    twins.open(finished_run)
    twins.what_if(choice)
    twins.expect_end()
    expect(twins.differ).to_contain_text(words)


def test_alone_a_run_is_not_compared(twins, finished_run):
    twins.open(finished_run)
    answers = twins.page.locator("#twins-answers .value")
    expect(answers).to_contain_text("A ")
    expect(answers).not_to_contain_text("B")
    expect(twins.differ).to_have_text("Said in words, once there are two.")
    expect(twins.again).to_be_hidden()


def test_without_labels_errors_are_compared_and_labels_can_not_be_changed(twins, begin_run):
    twins.open(begin_run(preset="sparse-code", steps=30, name="No labels, short"))
    choices = twins.page.locator("#twins-choices")
    for words in ("labels (random)", "weight decay"):
        expect(choices.get_by_role("button", name=words)).to_be_disabled()
    twins.what_if("optimiser")
    twins.expect_end()
    expect(twins.differ).to_contain_text("The error on new pictures is")
    expect(twins.page.locator("#twins-answers-title")).to_contain_text("Error")


def test_starts_that_differ_are_both_shown(twins, finished_run):
    twins.open(finished_run)
    twins.what_if("start weights")
    twins.expect_end()
    expect(twins.title).to_have_text("One difference: start weights.")
    expect(twins.page.locator("#twins-start-words")).to_have_text("A started here")
    expect(twins.page.locator("#twins-own-start")).to_be_visible()
    expect(twins.differ).to_contain_text("patterns are alike, larger in one")


def test_the_same_recipe_twice_is_said_to_differ_in_nothing(twins, server, finished_run):
    twins.open(finished_run, train(server, name="Once more")).expect_end()
    expect(twins.title).to_have_text("The same recipe twice.")
    expect(twins.differ).to_contain_text("No difference.")
    expect(twins.differ).to_contain_text("They never part")
    assert twins.picture("twin-a") == twins.picture("twin-b")


def test_more_than_one_difference_is_named_and_not_explained(twins, server, finished_run):
    other = train(server, seed=1, pixels="shuffled", name="Other")
    twins.open(finished_run, other).expect_end()
    expect(twins.title).to_have_text("Two runs that differ in more than one thing.")
    expect(twins.page.locator("#twins-under")).to_contain_text("shuffled pixels, seed")


def test_a_twin_that_is_gone_is_said_and_a_new_one_can_be_trained(open_screen, finished_run):
    twins = Twins(open_screen(expected=("404",))).open(finished_run, "000000000000")
    expect(twins.page.locator("#twins-under")).to_contain_text("no longer on this server")
    twins.what_if("weight decay")
    twins.expect_end()


def test_without_a_run_both_are_trained(twins, server):
    twins.screen.go("/?view=twins")
    twins.what_if("pixels (shuffled)")
    expect(twins.page.locator("#twin-b .count")).to_contain_text("waits")
    twins.expect_end()
    first = twins.page.evaluate("location.pathname").removeprefix("/runs/")
    second = twins.second()
    assert recipe_of(server, first)["pixels"] == "natural"
    assert recipe_of(server, second)["pixels"] == "shuffled"


def test_a_twin_waits_for_a_long_run_says_so_and_can_be_given_up(twins, begin_run):
    run = begin_run(steps=100_000)
    twins.open(run)
    twins.what_if("weight decay")
    expect(twins.page.locator("#twin-b .count")).to_have_text("waits for the other run to end")
    expect(twins.page.locator("#twin-a .count")).to_contain_text("trains: step")
    stop = twins.page.get_by_role("button", name="Stop")
    stop.click()
    expect(twins.page.locator("#twin-b .count")).to_contain_text("stopped at step 0")
    stop.click()
    expect(twins.again).to_be_visible()


def test_run_both_again_trains_two_new_ones_that_end_the_same(twins, pair):
    twins.open(*pair).expect_end()
    ends = [twins.picture(side) for side in ("twin-a", "twin-b")]
    twins.again.click()
    twins.screen.wait_until(f"!location.pathname.endsWith('{pair[0]}')")
    twins.screen.wait_until(f"!location.search.includes('{pair[1]}')")
    twins.expect_end()
    assert [twins.picture(side) for side in ("twin-a", "twin-b")] == ends


def test_nothing_overflows(screen, pair):
    twins = Twins(screen).open(*pair)
    twins.expect_end()
    scene = "document.querySelector('#scene-twins')"
    for width in (1440, 1280, 900, 720, 390):
        screen.resize(width, 900)
        screen.wait_until(f"{scene}.scrollWidth <= {scene}.clientWidth")
