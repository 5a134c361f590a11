"""Going on from a run's end, and the same recipe with the next seed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.violations import violations

pytestmark = pytest.mark.browser


def test_a_run_goes_on_from_its_end_says_from_where_and_begins_again_with_the_next_seed(
    screen, server
):
    recipe = {"preset": "mnist-strokes", "steps": 20, "batch_size": 8}
    before = server.client.post("/api/runs", json=recipe).json()["id"]
    screen.go(f"/runs/{before}")
    page = screen.page
    screen.expect_state("Finished")
    page.get_by_role("button", name="Go on…").click()
    dialog = page.locator("#go-on")
    steps = dialog.get_by_label("Train to step")
    expect(steps).to_have_value("40")
    expect(dialog).to_contain_text("A new run begins where this one ended, at step 20")
    steps.fill("20")
    expect(dialog).to_contain_text("It goes to step 20 already: say more than that.")
    assert violations(screen, "#go-on") == []
    steps.fill("30")
    steps.press("Enter")
    expect(page.locator("#origins")).to_have_text("The first 20 steps are of Handwritten strokes.")
    screen.expect_state("Finished")
    expect(page.locator("#before-step")).to_have_text("step 20")
    expect(page.locator("#state")).to_contain_text("steps 20 to 30")
    page.locator("#origins button").click()
    page.wait_for_url(re.compile(before))
    expect(page.locator("#origins")).to_be_hidden()
    page.get_by_role("button", name="New seed").click()
    page.wait_for_url(lambda url: before not in url)
    screen.expect_state("Finished")
    assert server.client.get("/api/runs/latest").json()["recipe"]["seed"] == 1
