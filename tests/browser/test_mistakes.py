"""What the network takes for what at a step, and what each of its filters is worth."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.violations import violations

pytestmark = pytest.mark.browser


def dearest_of(server, at):
    worth = server.client.post(f"{at}/ablation", json={"layer": "conv1"}).json()
    return sorted(worth["filters"], key=lambda one: -one["drop"])


def test_the_table_opens_its_pictures_and_arrows_go_from_cell_to_cell(screen, server, finished_run):
    page, at = screen.page, f"/api/runs/{finished_run}/snapshots/latest"
    page.goto(f"{screen.url}/runs/{finished_run}?view=mistakes")
    told = server.client.get(f"{at}/confusion").json()
    matrix, names = told["matrix"], told["class_names"]
    rows = page.locator("#mistakes-matrix tbody tr")
    expect(rows).to_have_count(len(names))
    shown = rows.evaluate_all(
        "(rows) => rows.map(({ cells }) => "
        "[...cells].slice(1, -1).map((cell) => +cell.innerText.replace(',', '')))"
    )
    assert shown == matrix

    pairs = [(row, column) for row in range(10) for column in range(10) if row != column]
    row, column = max(pairs, key=lambda pair: matrix[pair[0]][pair[1]])
    cell = page.locator(f"#mistakes-matrix [data-cell='{row}-{column}']")
    cell.click()
    expect(page.locator("#mistakes-cell")).to_have_text(f"{names[row]}, called {names[column]}")
    pictures = page.locator("#mistakes-list li")
    expect(pictures).to_have_count(min(6, matrix[row][column]))
    expect(pictures.first).to_contain_text("sure, since step")
    page.locator("#mistakes-more").click()
    expect(pictures).to_have_count(min(48, matrix[row][column]))

    expect(page).to_have_url(re.compile(rf"all=1.*cell={row}-{column}"))
    page.reload()
    expect(cell).to_have_attribute("aria-selected", "true")
    expect(pictures).to_have_count(min(48, matrix[row][column]))
    page.get_by_role("button", name="Any mistake").press("Enter")
    expect(page.locator("#mistakes-cell")).to_have_text("The surest mistakes")
    cell.focus()
    key, back = ("ArrowRight", -1) if column == 0 else ("ArrowLeft", 1)
    page.keyboard.press(key)
    neighbour = page.locator(f"#mistakes-matrix [data-cell='{row}-{column - back}']")
    expect(neighbour).to_be_focused()

    first = server.client.get(f"{at.replace('latest', 'first')}/mistakes?count=0").json()
    page.goto(f"{screen.url}/runs/{finished_run}?view=mistakes&step=0")
    expect(page.locator("#mistakes-under")).to_contain_text(f"{first['wrong']:,} of")


def test_without_a_run_one_is_trained_or_chosen_right_there(screen, finished_run):
    page = screen.page
    page.goto(f"{screen.url}/?view=mistakes")
    expect(page.locator("#mistakes-under")).to_contain_text("or take one that is kept")
    page.get_by_role("button", name="Choose a run").click()
    expect(page.locator("#scene-runs")).to_be_visible()
    page.go_back()
    page.locator("#mistakes-start").click()
    expect(page.locator("#mistakes-matrix tbody tr")).to_have_count(10)
    expect(page.locator("#mistakes-start")).to_be_hidden()


def test_filters_are_ranked_and_switched_in_a_copy_that_the_address_keeps(
    screen, server, finished_run
):
    page, at = screen.page, f"/api/runs/{finished_run}/snapshots/latest"
    page.goto(f"{screen.url}/runs/{finished_run}?view=mistakes")
    rows = page.locator("#mistakes-ranking button")
    dearest = dearest_of(server, at)
    expect(rows).to_have_count(len(dearest))
    for place in (0, 1, -1):
        row, one = rows.nth(place % len(dearest)), dearest[place]
        expect(row.locator("b")).to_have_text(str(one["filter"] + 1))
        points = f"{-100 * one['drop']:+.1f}".replace("-", "−")
        expect(row.locator(".number")).to_have_text("0.0" if points in ("+0.0", "−0.0") else points)

    screen.wait_for_answers()  # each draws rows anew
    figure, first, second = page.locator("#surgery-figure"), dearest[0], dearest[1]
    rows.first.focus()
    page.keyboard.press("o")
    expect(page.locator("#surgery-title")).to_have_text(f"Filter {first['filter'] + 1} off")
    expect(figure).to_contain_text(f"→ {100 * first['accuracy']:.1f} %")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("o")
    both = sorted((first["filter"], second["filter"]))
    asked = {"layer": "conv1", "filters": both}
    together = server.client.post(f"{at}/ablation", json=asked).json()["together"]
    expect(figure).to_contain_text(f"→ {100 * together['accuracy']:.1f} %")
    expect(page.locator("#mistakes-ranking .out")).to_have_count(2)
    expect(page).to_have_url(re.compile(rf"off=conv1-{both[0] + 1}\.{both[1] + 1}"))
    assert not violations(screen, "#scene-mistakes")

    page.reload()
    expect(figure).to_contain_text(f"→ {100 * together['accuracy']:.1f} %")
    screen.wait_for_answers()
    for name, how in (("Back to noise", "noise"), ("Only this one", "only")):
        page.get_by_role("radio", name=name).check()
        one = {"layer": "conv1", "filters": [second["filter"]], "how": how}
        told = server.client.post(f"{at}/ablation", json=one).json()["together"]
        expect(figure).to_contain_text(f"→ {100 * told['accuracy']:.1f} %")
        expect(page).to_have_url(re.compile(f"how={how}"))
    page.get_by_role("button", name="All on again").click()
    expect(page.locator("#surgery-title")).to_have_text(f"Filter {second['filter'] + 1}")
    expect(page).not_to_have_url(re.compile("off="))


def test_a_filter_is_switched_in_its_own_view_and_the_copy_answers_in_draw(
    screen, server, finished_run
):
    page, at = screen.page, f"/api/runs/{finished_run}/snapshots/latest"
    one = dearest_of(server, at)[0]
    number, switched = one["filter"] + 1, {"layer": "conv1", "filters": [one["filter"]]}
    page.goto(f"{screen.url}/runs/{finished_run}?view=filter&filter={number}")
    page.locator("#filter-switch").get_by_role("radio", name="Off").check()
    copy = page.locator("#filter-copy-words")
    expect(copy).to_contain_text(f"Filter {number} off")
    expect(copy).to_contain_text(f"→ {100 * one['accuracy']:.1f} %")

    page.get_by_role("link", name="Draw", exact=True).click()
    expect(page.locator("#draw-copy-words")).to_contain_text(f"Filter {number} off: a copy answers")
    expect(page).to_have_url(re.compile(f"off=conv1-{number}"))
    page.goto(f"{screen.url}/runs/{finished_run}?view=draw&picture=7&off=conv1-{number}")
    asked = {"index": 7, "switched": switched}
    told = server.client.post(f"{at}/activations", json=asked).json()
    first = told["class_names"][max(range(10), key=told["probabilities"].__getitem__)]
    expect(page.locator("#draw-answers .share.first dt")).to_have_text(first)
    expect(page.locator("#draw-copy")).to_be_visible()
    page.get_by_role("button", name="All on again").click()
    expect(page.locator("#draw-copy")).to_be_hidden()


def test_a_run_trains_on_without_a_filter_and_says_from_where_and_what_is_held(
    screen, server, finished_run
):
    page, at = screen.page, f"/api/runs/{finished_run}/snapshots/latest"
    one = dearest_of(server, at)[0]
    number, step = one["filter"] + 1, server.client.get(f"{at}/confusion").json()["step"]
    page.goto(f"{screen.url}/runs/{finished_run}?view=mistakes&off=conv1-{number}")
    expect(page.locator("#mistakes-title")).to_have_text(
        re.compile(
            rf"Filter {number} is off: {100 * one['accuracy']:.1f} % right instead of .* %\."
        )
    )
    expect(page.locator("#state .word")).to_have_text(f"Filter {number} is off")
    about = page.locator("#surgery-train-about")
    expect(about).to_contain_text(
        f"weights at step {step} and goes to step {2 * step}, filter {number}"
    )
    page.get_by_role("radio", name="Back to noise").check()
    expect(about).to_be_hidden()
    page.get_by_role("radio", name="Off").check()
    button = page.get_by_role("button", name="Train on without it")
    expect(button).to_have_accessible_description(re.compile("^Do the others take over"))
    button.focus()
    page.keyboard.press("Enter")

    origins = page.locator("#origins")
    expect(origins).to_contain_text(f"Begins with the weights at step {step} of")
    expect(origins).to_contain_text(f", filter {number} held at 0 from there on.")
    anew = re.compile(
        rf"From step 0 on, not from step {step} .*filter {number} held at 0 all the way"
    )
    expect(page.locator("#seed-button")).to_have_attribute("title", anew)
    expect(page.locator("#scrubber .thumb")).to_have_attribute("aria-valuemin", str(step))
    expect(page.locator("#shares .chart .begin")).to_have_count(1)
    run = server.client.get("/api/runs/latest").json()
    assert run["recipe"]["without"] == {"conv1": [one["filter"]]}
    assert run["continues"] == {"run": finished_run, "step": step, "weights_only": True}
    assert not violations(screen)
    page.goto(f"{screen.url}/runs/{run['id']}?view=twins")
    page.get_by_role("button", name="filters held at 0 (let go)").click()
    expect(page.locator("#twins-title")).to_have_text(
        re.compile("ne difference: filters held at 0\\.")
    )
    control = server.client.get("/api/runs/latest").json()
    assert control["continues"] == run["continues"]
    assert (control["recipe"].get("without"), control["total_steps"]) == (None, run["total_steps"])
    server.client.patch(f"/api/runs/{control['id']}", json={"status": "stopped"})
    page.goto(f"{screen.url}/runs/{run['id']}")
    origins.get_by_role("button").click()
    expect(page).to_have_url(re.compile(f"/runs/{finished_run}"))
    expect(origins).to_be_hidden()
    server.client.patch(f"/api/runs/{run['id']}", json={"status": "stopped"})
