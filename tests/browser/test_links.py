"""Links that carry an experiment and settings: shown, changed, shared; nothing starts by itself."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

LINK = "/?preset=mnist-strokes&optimizer.learning_rate=0.02&layers.0.filters=8&lr=1"


def _newest(server: RunningServer) -> str | None:
    runs = server.client.get("/api/runs?limit=1").json()["runs"]
    return runs[0]["id"] if runs else None


def test_a_link_with_settings_shows_them_and_trains_just_that_when_it_is_started(
    open_screen: OpenScreen, server: RunningServer
) -> None:
    screen = open_screen(permissions=["clipboard-read", "clipboard-write"])
    page, before = screen.page, _newest(server)
    screen.go(LINK)
    expect(screen.tiles).to_have_count(8)
    expect(screen.under).to_contain_text(
        "with learning rate 0.02 (else 0.01) and layer 1 filters 8 (else 16)"
    )
    expect(page.locator("#toast")).to_contain_text("lr=1 is left out: there is no field lr here")
    expect(page.locator("#toast")).to_contain_text("learning_rate is the nearest")
    page.locator("#share").click()
    shared = page.locator("#shared")
    shared.get_by_role("button", name="Close").wait_for()
    above, below = shared.bounding_box(), page.locator("#toast").bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]  # one message lies over no other
    shared.get_by_role("button", name="Close").click()
    page.locator("#toast").get_by_role("button", name="Close").click()
    expect(page).to_have_url(re.compile("learning_rate=0.02"))
    expect(page).not_to_have_url(re.compile("[?&]lr="))
    assert _newest(server) == before, "a link starts nothing"

    page.locator("#change-button").click()
    expect(page.locator("#build-base")).to_contain_text("From ")
    seed = page.locator(
        "#build-learning-rows [data-setting=seed] input[type=text], "
        "#build-learning-rows [data-setting=seed] input[type=number]"
    ).first
    expect(page.locator("#build-filters .tile")).to_have_count(8)
    seed.fill("7")
    seed.press("Enter")
    expect(page).to_have_url(re.compile("seed=7"))
    page.locator("#build-copy-link").click()
    expect(page.locator("#build-copy-link")).to_have_text("Copied")
    copied = parse_qs(urlsplit(page.evaluate("navigator.clipboard.readText()")).query)
    assert copied == {
        "preset": ["mnist-strokes"],
        "optimizer.learning_rate": ["0.02"],
        "layers.0.filters": ["8"],
        "seed": ["7"],
    }
    page.go_back()
    expect(page).not_to_have_url(re.compile("seed=7"))
    expect(screen.tiles).to_have_count(8)
    page.go_forward()
    expect(page).to_have_url(re.compile("seed=7"))
    expect(seed).to_have_value("7")

    page.locator("#share").click()
    expect(page.locator("#shared")).to_contain_text("This link works on this computer only.")
    expect(page.locator("#shared")).to_contain_text("serve --host 0.0.0.0")
    page.locator("#shared").get_by_role("button", name="Close").click()
    expect(page.locator("#shared")).to_be_hidden()

    page.get_by_role("link", name="Live").click()
    expect(screen.tiles).to_have_count(8)
    screen.main_button.click()
    expect(page).to_have_url(re.compile("/runs/"))
    run = _newest(server)
    assert run != before
    recipe = server.client.get(f"/api/runs/{run}").json()["recipe"]
    server.client.patch(f"/api/runs/{run}", json={"status": "stopped"})
    assert recipe["optimizer"]["learning_rate"] == 0.02
    assert (recipe["layers"][0]["filters"], recipe["seed"]) == (8, 7)
