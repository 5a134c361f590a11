"""The table of thousands of runs: found, ticked, named, compared, deleted and back, by keys."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.recipe import described, resolve
from app.store import NewRun
from tests.browser.screen import Screen
from tests.browser.violations import violations
from tests.store.samples import evaluated, finished, snapshot, started, steps
from tests.web.scripted import ScriptedServer, scripted_server

pytestmark = pytest.mark.browser

RUNS = 2000
HOSTILE = "<img src=x onerror=alert(1)>"


def _queued(number: int) -> NewRun:
    recipe = resolve({"preset": "mnist-strokes", "seed": number, "name": f"Run {number}"})
    kept = recipe.model_dump_json(exclude_none=True)
    return NewRun(f"r{number}", described(recipe), "mnist-strokes", kept, recipe.total_steps)


@pytest.fixture(scope="module")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path_factory.mktemp("runs")) as running:
        for created in [running.store.create_run(_queued(number)) for number in range(RUNS)]:
            created.result()
        for number in range(RUNS - 40, RUNS):
            told = [started(), snapshot(0), steps(1), evaluated(1), snapshot(1), finished(1)]
            running.store.record(f"r{number}", told, 1.0).result()
        yield running


@pytest.fixture
def table(browser: Browser, thousands: ScriptedServer) -> Iterator[Screen]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    screen = Screen(context.new_page(), thousands.url.rstrip("/"))
    screen.page.goto(f"{screen.url}/?view=runs")
    expect(_row(screen.page, RUNS - 1)).to_be_visible()
    yield screen
    context.close()


def _row(page: Page, number: int) -> Locator:
    return page.locator(".runs-row", has=page.get_by_text(f"Run {number}", exact=True))


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_thousands_of_runs_are_reached_by_keys_with_few_rows_in_the_page(table: Screen) -> None:
    page = table.page
    expect(page.locator("#runs-headline")).to_contain_text(f"{RUNS:,} runs; in 40 of them")
    grid = page.locator("#runs-grid")
    grid.focus()
    _press(page, "End")
    expect(_row(page, 0)).to_be_visible()
    expect(grid).to_have_attribute("aria-activedescendant", f"runs-row-{RUNS - 1}")
    expect(grid).to_have_attribute("aria-rowcount", str(RUNS + 1))
    assert page.locator(".runs-row").count() < 60
    _press(page, "Home", "PageDown", "PageDown")
    expect(page.locator(".runs-row.active .runs-called")).to_contain_text("Run ")
    assert not violations(table)

    _press(page, "/")
    page.keyboard.type("run 19")
    expect(page.locator("#runs-headline")).to_contain_text("runs found")
    page.locator("#runs-sort").select_option("oldest")
    expect(page).to_have_url(f"{table.url}/?view=runs&q=run+19&sort=oldest")
    page.reload()
    expect(page.locator("#runs-search")).to_have_value("run 19")
    expect(page.locator("#runs-rows [aria-rowindex='2'] .runs-called")).to_have_text("Run 19")
    page.locator("#runs-search").fill("nothing at all")
    expect(page.locator("#runs-headline")).to_have_text("No run fits.")
    page.locator("#runs-search").fill("")
    page.locator("#runs-seed").fill("7")
    _press(page, "Tab")
    expect(page.locator("#runs-headline")).to_have_text("1 run found.")
    expect(_row(page, 7)).to_be_visible()
    expect(page).to_have_url(re.compile("seed=7"))
    page.locator("#runs-seed").fill("3000")
    _press(page, "Tab")
    page.get_by_role("button", name="Show all runs").click()
    expect(page.locator("#runs-headline")).to_contain_text(f"{RUNS:,} runs")


def test_a_run_is_named_noted_and_pinned_where_it_stands_and_names_stay_text(
    table: Screen,
) -> None:
    page = table.page
    page.locator("#runs-grid").focus()
    _press(page, "ArrowDown", "F2")
    page.keyboard.type(HOSTILE)
    _press(page, "Enter")
    named = page.locator(".runs-row", has=page.get_by_text(HOSTILE, exact=True))
    expect(named).to_be_visible()
    _press(page, "n")
    page.keyboard.type("for the lecture")
    _press(page, "Enter")
    expect(named).to_contain_text("“for the lecture”")
    _press(page, "p")
    expect(page.locator("#runs-rows [aria-rowindex='2'] .runs-called")).to_have_text(HOSTILE)
    _press(page, "Home", "m")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    assert not violations(table)
    _press(page, "ArrowDown", "Enter", "Backspace", "Enter")  # Rename: what it was called at first
    expect(page.locator("#runs-rows [aria-rowindex='2'] .runs-called")).to_have_text("Run 1998")
    _press(page, "p")
    expect(page.locator("#runs-rows [aria-rowindex='2'] .runs-called")).to_have_text("Run 1999")


def test_many_are_deleted_together_and_come_back(table: Screen) -> None:
    page = table.page
    page.locator("#runs-grid").focus()
    _press(page, *["Shift+ArrowDown"] * 2)
    expect(page.locator("#runs-ticked")).to_have_text("3 chosen")
    expect(page.locator("#runs-differ")).to_contain_text("They differ in one thing: seed 1999")
    _press(page, "Control+a")
    expect(page.locator("#runs-ticked")).to_have_text(f"{RUNS:,} chosen")
    expect(page.get_by_role("button", name="Untick all", exact=True).first).to_be_visible()
    _press(page, "Control+z")
    expect(page.locator("#runs-ticked")).to_have_text("3 chosen")
    _press(page, "Delete")
    expect(page.locator("#runs-deleted")).to_contain_text("Deleted 3 runs. Undo")
    expect(_row(page, 1999)).to_have_count(0)
    expect(page.locator("#runs-headline")).to_contain_text(f"{RUNS - 3:,} runs")
    assert not violations(table)
    _press(page, "Control+z")
    expect(_row(page, 1999)).to_be_visible()
    expect(page.locator("#runs-deleted")).to_be_hidden()
    _press(page, "Space")
    expect(page.locator("#runs-ticked")).to_have_text("1 chosen")
    page.locator("#runs-delete").press("Enter")
    expect(page.locator("#runs-grid")).to_be_focused()
    page.locator("#runs-deleted").get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("#runs-deleted")).to_be_hidden()
    expect(page.locator("#runs-grid")).to_be_focused()


def test_two_are_twins_and_three_are_laid_over_one_another(table: Screen) -> None:
    page = table.page
    page.locator("#runs-grid").focus()
    _press(page, "Space", "ArrowDown", "Space", "ArrowDown", "Space")
    page.get_by_role("button", name="Overlay 3").click()
    expect(page.locator("#runs-strips li")).to_have_count(3)
    expect(page.locator("#runs-edges-chart svg path.A")).to_have_count(1)
    expect(page.locator("#runs-numbers tbody tr")).to_have_count(3)
    expect(page).to_have_url(re.compile("compare=r1999(,|%2C)r1998(,|%2C)r1997$"))
    assert not violations(table)
    page.reload()
    expect(page.locator("#runs-strips li")).to_have_count(3)
    page.get_by_role("button", name="Back to the table").click()
    expect(_row(page, 1999)).to_be_visible()
    page.locator("#runs-grid").focus()
    _press(page, "Home", "Space", "ArrowDown", "Space")
    page.get_by_role("button", name="Compare 2 as twins").click()
    expect(page.locator("#twin-b-title")).to_contain_text("Run 1998")
    expect(page).to_have_url(re.compile(r"/runs/r1999\?view=twins&with=r1998$"))


def test_rows_and_a_file_of_each_run_are_taken_along_by_keys(table: Screen) -> None:
    page = table.page
    page.locator("#runs-grid").focus()
    _press(page, "Space", "Shift+ArrowDown", "t")
    dialog = page.locator("#runs-taking")
    expect(dialog).to_contain_text("Each of the 2 runs in one zip")
    assert not violations(table)
    with page.expect_download() as taken:
        dialog.get_by_role("button", name="CSV A row a run").click()
    assert taken.value.suggested_filename == "filterscope-2-runs.csv"
    rows = csv.DictReader(taken.value.path().read_text().splitlines())
    assert [(row["id"], row["seed"], row["edges"]) for row in rows] == [
        *(("r1999", "1999", "1"), ("r1998", "1998", "1"))
    ]
    with page.expect_download() as taken:
        dialog.get_by_role("button", name="CSV of filters").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2
    expect(page.locator("#runs-taking-outcome")).to_contain_text(
        "Saved: filterscope-2-runs-csv.zip"
    )
    _press(page, "Escape", "Escape", "t")
    expect(page.locator("#runs-taking-rows")).to_contain_text(f"All {RUNS:,} shown")
    with page.expect_download() as taken:
        dialog.get_by_role("button", name="JSON").click()
    assert len(json.loads(taken.value.path().read_text())["runs"]) == RUNS


def test_what_another_tab_says_of_a_run_is_seen_here(table: Screen) -> None:
    other = table.page.context.new_page()
    other.goto(f"{table.url}/?view=runs")
    expect(_row(other, 1999)).to_be_visible()
    other.locator("#runs-grid").focus()
    _press(other, "n")
    other.keyboard.type("from another tab")
    _press(other, "Enter")
    expect(_row(table.page, 1999)).to_contain_text("from another tab")
    _press(other, "n", "Backspace", "Enter")
    expect(_row(table.page, 1999)).not_to_contain_text("from another tab")


def test_who_watches_alone_changes_nothing(browser: Browser, tmp_path: Path) -> None:
    token = "a-token-that-somebody-chose"
    with scripted_server(tmp_path, host="0.0.0.0", token=token) as running:
        running.store.create_run(_queued(7)).result()
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        watch = running.app.state.watch_token
        page.goto(f"{running.url}/?view=runs&token={watch}")
        expect(_row(page, 7)).to_be_visible()
        page.locator("#runs-grid").focus()
        _press(page, "m")
        expect(page.get_by_role("menuitem")).to_have_text(["OpenEnter", "Take it with youT"])
        _press(page, "Escape", "p", "F2", "Delete", "Space")
        expect(page.locator("#runs-ticked")).to_have_text("1 chosen")
        expect(page.locator("#runs-delete")).to_be_hidden()
        assert page.locator(".runs-editor").count() == 0
        assert running.store.run("r7") is not None
        assert not violations(Screen(page, running.url))
        context.close()
