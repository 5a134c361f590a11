"""A network that a program of somebody trains: what is shown, said, and not claimed of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.external.watched import told, watched
from tests.running_server import RunningServer
from tests.store.samples import open_store

pytestmark = pytest.mark.browser

HOSTILE = "head.<script>alert(1)</script>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Iterator[RunningServer]:
    """A real server with a program that has ended, one that trains, and one that broke."""
    folder = tmp_path_factory.mktemp("data")
    with open_store(folder) as store:
        for run, parts, outcome in (
            ("ended", None, "finished"),
            ("live", 6, "finished"),
            ("broke", None, "failed"),
        ):
            new = watched(run)
            store.create_run(new).result()
            for events in list(told(new, cache_folder, outcome))[:parts]:
                store.record(run, events, 0.0).result()
    with RunningServer(folder) as running:
        yield running


def test_while_it_trains_its_end_is_open_and_what_it_does_not_tell_is_named(screen: Screen) -> None:
    screen.go("/runs/live")
    screen.expect_state("Listening")
    page = screen.page
    expect(screen.under).to_contain_text("backbone.stem.conv trains in your program")
    expect(page.locator("#state")).to_contain_text("no end known")
    expect(page.locator("#answers")).to_contain_text("run.log(accuracy=…) adds this chart")
    expect(page.locator("#loss .without")).to_be_hidden()
    expect(page.get_by_role("slider")).to_have_attribute(
        "aria-valuetext", "step 20, no end known, live"
    )
    thumb, track = (
        page.locator(f"#scrubber .{name}").bounding_box() for name in ("thumb", "track")
    )
    assert thumb is not None
    assert track is not None
    assert thumb["x"] + thumb["width"] < track["x"] + track["width"] - 10
    page.get_by_role("button", name="Stop watching").click()
    screen.wait_until("location.pathname === '/'")


def test_its_layers_stand_by_their_prefix_each_with_its_health_and_keys_go_among_them(
    screen: Screen,
) -> None:
    screen.go_to_end("ended")
    layers = screen.page.locator("#layers")
    expect(layers.locator(".layer-prefix")).to_have_text(["backbone", "head"])
    expect(layers.locator(".layer")).to_have_count(10)
    expect(layers.locator(".layer").nth(0)).to_contain_text("100 % edges")
    expect(layers.locator(".layer").nth(1)).to_contain_text("can’t be said")
    expect(layers.locator(".layer").nth(2)).to_contain_text("5 dead")
    expect(layers.locator(".layer").nth(9)).to_contain_text("not sent yet")
    layers.locator(".layer").nth(0).focus()
    screen.page.keyboard.press("ArrowDown")
    expect(screen.headline).to_have_text("64 filters, 3×3 over 64 channels.")
    expect(layers.locator(".layer").nth(1)).to_be_focused()
    expect(screen.page.locator("#shares")).to_contain_text("Can’t be said")
    expect(screen.page.locator("#legend-words")).to_contain_text("the 16 of 64 channels")
    screen.tile(4).click()
    facts = screen.page.locator("#facts")
    for fact in ("Length", "Change"):
        expect(facts).to_contain_text(fact)
    expect(facts).not_to_contain_text("Edge score")


@pytest.mark.parametrize(
    ("layer", "claim", "tiles"),
    [
        ("conv1d1", "32 filters, 9 over 16 channels.", 32),
        ("conv3d1", "16 filters, 3×3×3 over 4 channels.", 16),
        ("depthwise_conv1", "32 filters, 5×5, one for each channel.", 32),
        ("conv6", "32 filters, 7×7 over 512 channels.", 32),
    ],
)
def test_layers_of_every_kind_are_shown(screen: Screen, layer: str, claim: str, tiles: int) -> None:
    screen.go_to_end("ended", f"?layer={layer}")
    expect(screen.headline).to_have_text(claim)
    expect(screen.tiles).to_have_count(tiles)


def test_many_filters_are_turned_page_by_page(screen: Screen) -> None:
    screen.go_to_end("ended", "?layer=conv5&page=2")
    words = screen.page.locator("#pager-words")
    expect(words).to_have_text("Filters 129 to 256 of 1,024")
    expect(screen.tiles).to_have_count(128)
    screen.page.get_by_role("button", name="Filters after these").click()
    expect(words).to_have_text("Filters 257 to 384 of 1,024")
    expect(screen.tiles.first).to_contain_text("257")
    screen.tiles.first.click()
    expect(screen.page.locator("#facts")).to_contain_text("Filter 257")
    screen.page.go_back()
    screen.wait_until("!location.search.includes('filter=257')")


def test_a_layer_that_was_not_sent_is_asked_for_and_said_to_come(screen: Screen) -> None:
    screen.go("/runs/live")
    screen.page.locator(".layer").last.click()
    expect(screen.under).to_contain_text(f"Asked for. {HOSTILE} comes with the next snapshot")
    screen.page.goto(f"{screen.url}/runs/ended?layer=conv7")
    expect(screen.under).to_contain_text("was never sent")


def test_how_it_ended_is_said_as_it_was(screen: Screen) -> None:
    screen.go_to_end("ended")
    screen.expect_state("Program ended")
    expect(screen.under).to_contain_text("your program ended after step 100")
    expect(screen.under).to_contain_text("2 snapshots were left out while the server was away")
    screen.go_to_end("broke")
    expect(screen.under).to_contain_text(
        "Your program broke at step 100. ValueError: shapes differ"
    )


def test_on_a_phone_the_layers_are_a_menu_and_nothing_overflows(open_screen: OpenScreen) -> None:
    screen = open_screen(390, 844)
    screen.go_to_end("ended", "?layer=conv5")
    assert screen.width_needed() <= 390
    choice = screen.page.get_by_role("combobox", name="Layer")
    expect(choice).to_have_value("conv5")
    expect(choice.locator("option").nth(2)).to_have_text("backbone.stage1.0.conv2: 5 dead")
    screen.page.goto(f"{screen.url}/?view=own")
    expect(screen.page.locator("#own-code")).to_contain_text("run = watch(model)")
    assert screen.width_needed() <= 390


def test_the_two_lines_are_there_for_each_framework(screen: Screen) -> None:
    screen.go("/")
    screen.page.get_by_role("link", name="Watch your own training").click()
    code = screen.page.locator("#own-code")
    expect(code.locator("b")).to_have_text(["from filterscope import watch", "run = watch(model)"])
    screen.page.locator("#own-tool input[value=keras]").check()
    expect(code).to_contain_text("callbacks=[watch(model)]")
    screen.wait_until("location.search.includes('tool=keras')")
    screen.page.reload()
    expect(code).to_contain_text("callbacks=[watch(model)]")
    expect(screen.page.locator("#own-address")).to_have_text(f"Listening at {screen.url}")
