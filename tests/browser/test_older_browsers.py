"""Browsers without what came late: links keep their step and view, and states are told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen

pytestmark = pytest.mark.browser

# As in Firefox 111 (`size`), 118 (ARIA), Chromium on Android (shared workers), and 93.
_WITHOUT = """
    delete URLSearchParams.prototype.size;
    for (const name of Object.getOwnPropertyNames(Element.prototype))
        if (/^aria[A-Z]/.test(name)) delete Element.prototype[name];
    delete window.SharedWorker;
    delete window.structuredClone;
"""


def test_links_keep_step_and_view_and_states_are_told(
    open_screen: OpenScreen, finished_run: str
) -> None:
    screen = open_screen(kept=False)
    page = screen.page
    page.context.add_init_script(_WITHOUT)
    screen.go_to_end(finished_run, "?step=50&filter=3&mode=difference")
    assert page.evaluate(
        "!('size' in new URLSearchParams) && !window.SharedWorker && !window.structuredClone"
    )
    expect(screen.shown_step).to_have_text("step 50")
    expect(screen.thumb).to_have_attribute("aria-valuenow", "50")
    screen.scrub("ArrowLeft")
    expect(screen.thumb).not_to_have_attribute("aria-valuenow", "50")
    step = screen.step()
    page.get_by_role("link", name="Weights").click()
    expect(page.locator("#weights-lab")).to_be_visible()
    screen.wait_until("location.search.includes('view=weights')")
    for part in (f"step={step}", "filter=3", "mode=difference"):
        screen.wait_until(f"location.search.includes('{part}')")
    page.reload()
    expect(page.locator("#weights-lab")).to_be_visible()
    expect(page.locator(".scrubber .thumb")).to_have_attribute("aria-valuenow", str(step))
    page.get_by_role("link", name="Live").click()
    expect(screen.shown_step).to_have_text(f"step {step}")
    expect(screen.tile(3)).to_have_attribute("aria-label", re.compile("^filter 3"))
