"""What the page says when things aren't as usual."""

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.module_files import file_of
from tests.browser.screen import Screen
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

BROKEN_LINE = (
    "ERR_CONNECTION_REFUSED",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "ERR_CONTENT_LENGTH_MISMATCH",
    "ERR_EMPTY_RESPONSE",
    "ERR_CONNECTION_RESET",
    "ERR_NETWORK_IO",
)


def test_without_runs_the_list_says_what_it_is_for(screen):
    screen.go()
    expect(screen.page.locator("#runs")).to_contain_text("None yet.")


def test_a_run_that_broke_says_why_and_offers_what_mends_it(screen, begin_run):
    broken = begin_run(preset="dead-leaves", optimizer={"learning_rate": 20}, steps=60)
    screen.go(f"/runs/{broken}")
    screen.expect_state("Failed")
    expect(screen.headline).to_contain_text("is kept.")
    expect(screen.under).to_contain_text("The run broke at step")
    expect(screen.main_button).to_have_text("Run again with 0.05")
    screen.main_button.click()
    screen.expect_state("Finished")
    assert broken not in screen.page.url


def test_a_run_that_is_not_there_gets_a_page_that_goes_on(open_screen):
    screen = open_screen(expected=("404",))
    answer = screen.page.goto(screen.url + "/runs/000000000000")
    assert answer is not None
    assert answer.status == 404
    expect(screen.headline).to_have_text("Run not found.")
    expect(screen.under).to_contain_text("Choose an experiment")
    expect(screen.main_button).to_have_text("Start training")


def test_deleting_leaves_the_run_and_is_taken_back_from_any_view(screen, begin_run):
    run = begin_run(steps=20)
    screen.go(f"/runs/{run}")
    screen.expect_state("Finished")
    screen.wait_for_answers()  # of what is deleted there are none
    page = screen.page
    row = page.locator(".run.open")
    row.hover()
    row.get_by_role("button", name="Delete").click()
    screen.expect_state("Ready")
    screen.wait_until("location.pathname === '/'")
    expect(page.locator("#deleted")).to_contain_text("Undo for")
    page.evaluate("document.querySelector('[data-scene-link=weights]').click()")
    page.keyboard.press("Control+z")
    expect(page.locator("#deleted")).to_be_hidden()
    expect(page).to_have_url(re.compile(f"/runs/{run}\\?view=weights"))
    expect(page.locator(".run.open")).to_have_count(1)


def test_what_the_server_refuses_is_said(open_screen, begin_run):
    screen = open_screen(expected=("409",))
    screen.go(f"/runs/{begin_run(steps=100_000)}")
    screen.wait_for_step(1)
    refusal = {"error": {"code": "conflict", "message": "Not now, said the server."}}
    screen.page.route(
        "**/api/runs/*",
        lambda route: (
            route.fulfill(status=409, json=refusal)
            if route.request.method == "PATCH"
            else route.continue_()
        ),
    )
    screen.main_button.click()
    expect(screen.page.get_by_role("alert")).to_contain_text("Not now, said the server.")
    screen.page.get_by_role("alert").get_by_role("button", name="Close").click()
    expect(screen.page.get_by_role("alert")).to_be_hidden()


def test_a_control_ends_with_no_edges_and_offers_the_true_run(screen, begin_run):
    screen.go(f"/runs/{begin_run(pixels='shuffled', steps=40)}")
    screen.expect_state("Finished")
    expect(screen.headline).to_have_text("0 of 16 filters see edges or lines.")
    expect(screen.under).to_contain_text("as it should be")
    expect(screen.main_button).to_have_text("Run without shuffling")


def test_a_lost_server_is_said_and_found_again_by_itself(browser, open_screen, tmp_path):
    # The second server says that it shuts down to whoever still asks.
    screen = open_screen(expected=(*BROKEN_LINE, "503"))
    with RunningServer(tmp_path) as server:
        port = int(server.url.rstrip("/").rsplit(":", 1)[1])
        recipe = {"preset": "mnist-strokes", "steps": 100_000}
        run = server.client.post("/api/runs", json=recipe).json()["id"]
        screen.url = server.url.rstrip("/")
        screen.go(f"/runs/{run}")
        screen.wait_for_step(10)
        screen.wait_for_answers()
        server.stop(signal.SIGKILL)
    expect(screen.under).to_contain_text("Connection lost at step")
    expect(screen.under).to_contain_text("Training goes on.")
    expect(screen.page.get_by_role("button", name="Try now")).to_be_visible()
    screen.expect_state("Not connected")
    kept = screen.picture()
    with RunningServer(tmp_path, port):
        expect(screen.under).not_to_contain_text("Connection lost")
        assert Screen.step(screen) >= 10
        assert kept
        heard = screen.page.evaluate("heard")
        assert heard == list(range(1, len(heard) + 1))


def test_a_stream_that_something_holds_back_is_said_and_asked_for_instead(open_screen, begin_run):
    run = begin_run(preset="mnist-strokes", steps=100_000)
    screen, held = open_screen(kept=False), []  # whose clock is set
    screen.page.add_init_script("delete window.SharedWorker")
    screen.page.clock.install()
    stream = re.compile(r"/events\?(?!.*wait=0)")
    screen.page.route(stream, lambda route: held.append(route))
    with screen.page.expect_request(stream):
        screen.page.goto(f"{screen.url}/runs/{run}")
    with screen.page.expect_request(stream):
        screen.page.clock.fast_forward(21_000)
    screen.page.clock.fast_forward(21_000)
    expect(screen.under).to_contain_text("asking every two seconds")
    screen.expect_state("Training live")
    screen.wait_for_step(1)
    assert len(held) == 2


def test_an_interrupted_run_goes_on_when_asked_to(open_screen, tmp_path, monkeypatch):
    monkeypatch.setenv("FILTERSCOPE_RESUME", "wait")
    with RunningServer(tmp_path) as server:
        recipe = {"preset": "mnist-strokes", "steps": 100_000}
        run = server.client.post("/api/runs", json=recipe).json()["id"]
        server.stop(signal.SIGKILL)
    with RunningServer(tmp_path) as server:
        screen = open_screen()
        screen.url = server.url.rstrip("/")
        screen.page.goto(f"{screen.url}/runs/{run}")
        screen.expect_state("Interrupted")
        expect(screen.under).to_contain_text("it can go on from there")
        expect(screen.main_button).to_have_text("Go on")
        screen.main_button.click()
        screen.expect_state("Training live")
        screen.wait_for_step(1)
        screen.page.close()  # before its server ends


def test_a_module_that_does_not_come_is_said_with_what_may_help(open_screen):
    screen = open_screen(expected=("ERR_FAILED",))
    screen.page.route(file_of("main"), lambda route: route.abort())
    screen.page.goto(screen.url)
    expect(screen.page.locator("#unfetched")).to_contain_text("could not be fetched")


@pytest.mark.parametrize(
    ("part", "asks"),
    [
        ("strip", "#network"),
        ("later", ".measures"),
        ("remembered", "#tour-open"),
        ("draw", "[data-scene-link=draw]"),
    ],
)
def test_a_part_that_does_not_come_later_is_said_and_had_again(
    open_screen, finished_run, part, asks
):
    screen = open_screen(expected=("ERR_FAILED",))
    pattern = file_of(part)
    screen.page.route(pattern, lambda route: route.abort())
    screen.go(f"/runs/{finished_run}")
    screen.page.locator(asks).first.click()
    notice = screen.page.locator("#unfetched")
    expect(notice).to_contain_text("could not be fetched")
    address = screen.page.url
    screen.page.unroute(pattern)
    notice.get_by_role("button", name="Load the page again").click()
    expect(notice).to_be_hidden()
    expect(screen.page).to_have_url(address)
    expect(screen.tiles).not_to_have_count(0)


def test_what_is_pressed_before_all_has_come_is_done_when_it_has(open_screen, tmp_path):
    screen = open_screen(expected=("status of 422",))
    held = []
    screen.page.route(file_of("later"), lambda route: held.append(route))
    screen.go()
    with screen.page.expect_file_chooser() as chooser:
        screen.page.get_by_role("button", name="Open a file…").click()
    (tmp_path / "notes.txt").write_text("hello")
    chooser.value.set_files(tmp_path / "notes.txt")
    screen.page.locator("#help-open").click()
    assert screen.page.locator("#help").is_hidden()
    held[0].continue_()
    expect(screen.page.locator("#help")).to_be_visible()
    expect(screen.page.locator("#toast")).to_contain_text("notes.txt can’t be opened")


def test_filters_that_can_t_be_had_yet_are_said_with_the_servers_words(open_screen):
    screen = open_screen(expected=("503",))
    told = '{"error": {"code": "helper_failed", "message": "Perhaps memory is short."}}'
    screen.page.route("**/api/recipes/preview", lambda route: route.fulfill(status=503, body=told))
    screen.page.goto(screen.url)
    expect(screen.page.locator("#toast")).to_contain_text("Perhaps memory is short.")
