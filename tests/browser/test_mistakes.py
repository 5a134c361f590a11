"""What the network takes for what at a step, and what each of its filters is worth."""

import pytest
from playwright.sync_api import expect

from tests.browser.violations import violations

pytestmark = pytest.mark.browser


def test_the_table_opens_its_pictures_and_filters_are_ranked_by_their_worth(
    screen, server, finished_run
):
    page, at = screen.page, f"/api/runs/{finished_run}/snapshots/latest"
    page.goto(f"{screen.url}/runs/{finished_run}?view=mistakes")
    rows = page.locator("#mistakes-ranking li")
    worth = server.client.post(f"{at}/ablation", json={"layer": "conv1"}).json()
    expect(rows).to_have_count(len(worth["filters"]))
    dearest = max(worth["filters"], key=lambda one: one["drop"])
    expect(rows.first.locator("b")).to_have_text(str(dearest["filter"] + 1))
    expect(rows.first.locator(".number")).to_have_text(f"−{100 * dearest['drop']:.1f}")

    matrix = server.client.get(f"{at}/confusion").json()["matrix"]
    told = page.locator("#mistakes-matrix tbody tr").evaluate_all(
        "(rows) => rows.map(({ cells }) => "
        "[...cells].slice(1, -1).map((cell) => +cell.innerText.replace(',', '')))"
    )
    assert told == matrix

    pairs = [(row, column) for row in range(10) for column in range(10) if row != column]
    row, column = max(pairs, key=lambda pair: matrix[pair[0]][pair[1]])
    cell = page.locator(f"#mistakes-matrix [data-cell='{row}-{column}']")
    cell.click()
    names = server.client.get(f"{at}/confusion").json()["class_names"]
    expect(page.locator("#mistakes-cell")).to_have_text(f"{names[row]}, called {names[column]}")
    shown = page.locator("#mistakes-list li")
    expect(shown).to_have_count(min(48, matrix[row][column]))
    expect(shown.first).to_contain_text(f"taken for {names[column]}")
    expect(shown.first).to_contain_text("since step")
    assert not violations(screen, "#scene-mistakes")

    page.reload()
    expect(cell).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="All mistakes").press("Enter")
    expect(page.locator("#mistakes-cell")).to_have_text("The surest mistakes")

    first = server.client.get(f"{at.replace('latest', 'first')}/mistakes?count=0").json()
    page.goto(f"{screen.url}/runs/{finished_run}?view=mistakes&step=0")
    expect(page.locator("#mistakes-under")).to_contain_text(f"{first['wrong']:,} of")
