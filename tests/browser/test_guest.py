"""Every scene opens on a run that nobody trained here, and says what it can't show and why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.external.guest import new_guest, told
from tests.running_server import RunningServer
from tests.store.samples import open_store

pytestmark = pytest.mark.browser

WHOSE = "My ResNet is trained by a script elsewhere, with PyTorch 2.9."
NO_PICTURES = "What this network was trained on isn’t known here"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Iterator[RunningServer]:
    """A real server with a guest that has ended, and one that goes on."""
    folder = tmp_path_factory.mktemp("data")
    with open_store(folder) as store:
        for run, parts in (("guest", None), ("live", 6)):
            new = new_guest(run)
            store.create_run(new).result()
            for events in list(told(new, cache_folder))[:parts]:
                store.record(run, events, 0.0).result()
    with RunningServer(folder) as running:
        yield running


def test_its_filters_are_shown_and_judged_and_nothing_is_claimed_of_their_start(
    screen: Screen,
) -> None:
    screen.go_to_end("guest")
    expect(screen.headline).to_have_text("64 of 64 filters see edges or lines.")
    expect(screen.under).to_contain_text("backbone.stem.conv: your program ended after step 100.")
    expect(screen.page.locator("#program")).to_contain_text("My ResNet")
    expect(screen.page.locator("#program")).to_contain_text("PyTorch 2.9")
    expect(screen.tiles).to_have_count(64)
    expect(screen.page.locator("#charts, .measures").first).to_contain_text(
        "Not told. run.log(accuracy=…) adds this chart."
    )
    expect(screen.page.locator("#layers")).to_contain_text("layer1.0.conv1")


def test_nothing_is_offered_that_it_cannot_do(screen: Screen) -> None:
    screen.go_to_end("guest")
    for button in ("#main-button", "#step-button", "#stop-button", "#change-button"):
        expect(screen.page.locator(button)).to_be_hidden()
    expect(screen.page.locator("#replay-button")).to_be_visible()


def test_while_it_trains_elsewhere_it_cannot_be_stopped_from_here_and_its_end_is_open(
    screen: Screen,
) -> None:
    screen.go("/runs/live")
    screen.expect_state("Listening")
    expect(screen.page.locator("#state")).to_contain_text("step 2, no end known")
    for button in ("#main-button", "#step-button", "#stop-button"):
        expect(screen.page.locator(button)).to_be_hidden()


def test_one_filter_is_compared_with_chance_and_the_rest_is_said_in_words(screen: Screen) -> None:
    screen.go_to_end("guest", "?view=filter&filter=4")
    page = screen.page
    expect(page.locator("#filter-title")).to_contain_text("Filter 4")
    expect(page.locator("#filter-ideal-words")).not_to_be_empty()
    expect(page.locator("#filter-excites-words")).to_contain_text("isn't known here")
    expect(page.locator("#filter-picture-words")).to_contain_text(NO_PICTURES)
    expect(page.locator("#filter-pull-words")).to_contain_text(NO_PICTURES)


@pytest.mark.parametrize(
    ("view", "where", "words"),
    [
        ("draw", "#draw-headline", "This network can’t read drawings here."),
        ("draw", "#draw-under", WHOSE),
        ("microscope", "#scene-microscope", "ours, not from your training"),
        ("twins", "#twins-under", "so it can’t be trained again"),
        ("weights", "#weights-under", "This start fits none of the known initialisers."),
    ],
)
def test_a_scene_says_what_it_cannot_show_and_why(
    screen: Screen, view: str, where: str, words: str
) -> None:
    screen.go_to_end("guest", f"?view={view}")
    expect(screen.page.locator(where)).to_contain_text(words)


def test_it_can_be_presented_and_the_tour_claims_nothing_of_its_start(screen: Screen) -> None:
    screen.go_to_end("guest", "?view=present")
    expect(screen.page.locator("#scene-present")).to_be_visible()
    screen.go_to_end("guest", "?tour=3")
    expect(screen.page.locator("#tour")).to_contain_text("Nobody here knows.")


def test_two_guests_stand_side_by_side(screen: Screen) -> None:
    screen.go_to_end("guest", "?view=twins&with=live")
    expect(screen.page.locator("#twins-title")).to_have_text("Two runs, side by side.")
    expect(screen.page.locator("#twins-under")).to_contain_text("so the difference is unknown")


def test_on_a_phone_nothing_overflows(open_screen: OpenScreen) -> None:
    screen = open_screen(390, 844)
    for query in ("", "?view=filter&filter=4", "?view=draw", "?view=weights"):
        screen.go_to_end("guest", query)
        wide = screen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, query


def test_it_has_no_line_of_code_here_and_one_of_your_own_is_asked_for(screen: Screen) -> None:
    screen.go_to_end("guest", "?view=code")
    missing = screen.page.locator("#code-missing")
    expect(missing).to_contain_text("Its layers aren’t known here as code.")
    expect(screen.page.locator("#code-work")).to_be_hidden()
    screen.page.get_by_role("button", name="Paste another line").click()
    screen.page.locator("#code-text").fill("nn.Conv2d(1, 4, 5)")
    expect(screen.page.locator("#code-headline")).to_contain_text("4 grids of 5 × 5 numbers.")
    expect(missing).to_be_hidden()
