"""What training added: the difference with the verdicts on it; and how small filters end."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from app.analysis import added_since
from app.web.answers.history import FilmAnswer
from tests.browser.violations import violations
from tests.web.test_history import _numbers

pytestmark = pytest.mark.browser

DIFFERENCE = 'input[name="mode"][value="difference"]'


def test_the_difference_is_shown_and_judged_as_python_does_it(screen, finished_run, server):
    told = server.client.get(f"/api/runs/{finished_run}/added").json()
    film = server.client.get(f"/api/runs/{finished_run}/film").json()
    first, *_, last = _numbers(FilmAnswer.model_validate(film).kernels)
    added = added_since(first, last)
    screen.go_to_end(finished_run)
    weights = screen.picture()
    screen.page.keyboard.press("d")
    oriented = sum(label in ("edge", "line") for label in told["label"][-1])
    expect(screen.page.locator("#shares .value")).to_contain_text(f"{oriented} of 16")
    expect(screen.page.locator("#shares-what")).to_have_text("What was added")
    for index, label in enumerate(told["label"][-1]):
        word = label.replace("dead", "unmoved")
        name = re.compile(rf"^filter {index + 1}, (oriented )?{word}[ ,]")
        expect(screen.tile(index + 1)).to_have_attribute("aria-label", name)
    screen.tile(3).hover()
    facts = screen.page.locator("#facts")
    expect(facts).to_contain_text(f"Start left?{round(added.left[2] * 100)} %")
    low, high = added.kernels[..., 2].min(), added.kernels[..., 2].max()
    expect(facts).to_contain_text(f"Added?{low:.2f} to {high:.2f}".replace("-", "−"))
    assert screen.picture() != weights
    screen.page.keyboard.press("d")
    expect(screen.page.locator("#shares-what")).to_have_text("What they are")


def test_small_filters_end_with_what_the_run_itself_says_was_learnt(screen, begin_run, server):
    run = begin_run(preset="keras-mnist", steps=12)
    screen.go(f"/runs/{run}")
    screen.expect_state("Finished")
    expect(screen.under).to_contain_text("The numbers moved")
    change = server.client.get(f"/api/runs/{run}/snapshots/latest").json()["change"]
    expect(screen.under).to_contain_text(f"median change {round(np.median(change) * 100)}\u00a0%")
    expect(screen.under).to_contain_text(re.compile(r"Chance gives|no more than chance"))
    screen.page.get_by_role("button", name="Show what was added").click()
    expect(screen.page.locator(DIFFERENCE)).to_be_checked()
    expect(screen.page.locator("#doubt")).to_contain_text("random labels and shuffled pixels")
    screen.page.locator("#legend-hint").hover()
    expect(screen.page.get_by_role("tooltip")).to_contain_text("of the start")
    assert violations(screen, "#stage") == []
