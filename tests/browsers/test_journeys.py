"""The main journeys of a visitor, in Chromium, Firefox and WebKit: filters, moments, views."""

from tests.browsers.window import Window
from tests.running_server import RunningServer

STEP = "document.querySelector('#now-step').textContent"
STEP_NUMBER = rf"Number({STEP}.replace(/\D/g, ''))"  # from 1,000 on its digits are grouped
PLACE = "document.querySelector('.scrubber .thumb').getAttribute('aria-valuenow')"
NOW = "#montage canvas"
VERDICTS = "[...document.querySelectorAll('#montage .tile')].map((tile) => tile.textContent)"


def go(window: Window, server: RunningServer, path: str = "/") -> None:
    window.driver.go(server.url.rstrip("/") + path)
    window.wait("document.body.classList.contains('settled')")
    window.wait(f"{STEP.replace('.text', '?.text')}?.includes('step')")


def test_one_click_trains_and_kernels_change(window: Window, server: RunningServer) -> None:
    go(window, server)
    window.click(".preset", "Handwritten strokes")
    window.see("#legend-words", "Orange")
    before = window.pixels(NOW)
    window.click("#main-button")
    window.wait(f"{STEP_NUMBER} >= 1")
    assert window.pixels(NOW) != before
    window.see("#state", "Finished")
    window.see("#headline", "of 16 filters see")
    assert "/runs/" in window.evaluate("location.href")


def test_scrubbing_by_keys_and_mouse_and_a_reload_keep_the_moment(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}")
    window.wait(f"{STEP} === 'step 120'")
    last = window.pixels(NOW)
    window.focus(".scrubber .thumb")
    window.press("Home")
    window.wait(f"{STEP} === 'step 0'")
    window.press("PageUp", "ArrowRight")
    window.wait(f"{STEP} !== 'step 0'")
    left, top, width, height = window.box("#scrubber")
    middle = top + height / 2
    window.stroke(*((left + at * width, middle) for at in (0.9, 0.7, 0.5)))
    window.wait(f"Math.abs({STEP_NUMBER} - 20) <= 5")
    assert window.pixels(NOW) != last
    step = window.evaluate(STEP)
    window.click("#montage .tile:nth-child(3)")
    window.wait(f"location.search.includes('step={step.removeprefix('step ')}')")
    window.wait("location.search.includes('filter=')")
    shown, link = window.evaluate(VERDICTS), window.evaluate("location.href")
    window.driver.go(link)
    window.wait(f"{STEP} === '{step}'")
    assert window.evaluate(VERDICTS) == shown
    assert window.evaluate("location.href") == link


def test_a_link_to_step_view_and_filter_shows_the_same_in_a_tab_of_its_own(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}?step=20&filter=5&view=filter")
    window.see("#scene-filter h1, #scene-filter h2", "Filter 5")
    window.wait(f"{PLACE} === '20'")
    link = window.evaluate("location.href")
    window.driver.open_tab()
    window.driver.go(link)
    window.wait("document.body.classList.contains('settled')")
    window.see("#scene-filter h1, #scene-filter h2", "Filter 5")
    window.wait(f"{PLACE} === '20'")
    assert window.evaluate("location.href") == link
    window.driver.close_tab()


def test_two_tabs_hear_of_one_run(window: Window, server: RunningServer) -> None:
    recipe = {"preset": "mnist-strokes", "steps": 100_000, "name": "Long strokes"}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    go(window, server, f"/runs/{run}")
    window.wait(f"{STEP_NUMBER} >= 2")
    window.driver.open_tab()
    go(window, server, f"/runs/{run}")
    window.wait(f"{STEP_NUMBER} >= 5")
    window.click("#stop-button")
    window.see("#state", "Stopped")
    window.driver.use_tab(0)
    window.see("#state", "Stopped")
    window.driver.use_tab(1)
    window.driver.close_tab()


def test_twins_are_trained_by_one_click(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}?view=twins")
    window.see("#twins-title", "What if one thing were different?")
    window.click("#twins-choices button", "weight decay")
    window.see("#twins-title", "Same start, one difference: weight decay.")
    window.see("#twins-differ", "times")
    window.focus(".scrubber .thumb")
    window.press("Home")
    window.see("#twins-step", "at step 0")
    one, other = (window.pixels(f"#twin-{side} canvas") for side in "ab")
    assert one == other


def test_what_is_drawn_is_answered(
    window: Window, server: RunningServer, finished_run: str
) -> None:
    go(window, server, f"/runs/{finished_run}?view=draw")
    window.see("#draw-answers dt")
    left, top, width, height = window.box("#draw-paper")
    seven = [(0.32, 0.25), (0.68, 0.25), (0.64, 0.36), (0.54, 0.55), (0.46, 0.8)]
    window.stroke(*((left + x * width, top + y * height) for x, y in seven))
    window.wait("/reads|hesitates/.test(document.querySelector('#draw-headline').textContent)")
    window.wait("location.search.includes('drawing=')")


def test_a_network_is_built_and_trained(window: Window, server: RunningServer) -> None:
    go(window, server, "/?view=build")
    window.see("#scene-build.ready:not(.stale)")
    window.click(".build-block", "Conv 16 filters")
    window.focus('#scene-build [data-setting="steps"] .build-number')
    window.evaluate("document.activeElement.select()")
    window.press(*"30")
    window.see("#scene-build.ready:not(.stale)")
    window.click("#build-train")
    window.wait("location.pathname.includes('/runs/')")
    window.see("#state", "Finished")


def test_filters_are_made_by_hand_in_the_workshop(window: Window, server: RunningServer) -> None:
    go(window, server, "/?view=workshop")
    window.wait("document.querySelector('#shop-picture canvas')?.width === 32")
    window.focus("#shop-cells [tabindex='0']")
    window.press(*"-.12", "ArrowRight")
    window.see("#shop-under", "1 of 16 are filled")
    window.wait(
        "[...document.querySelectorAll('.shop-cell')].some((one) => one.textContent === '−.12')"
    )
