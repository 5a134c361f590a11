"""From 360 px to wide screens, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.fitting import MOST_SHIFT, WATCH_SHIFTS
from tests.browser.scenes import READY

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "height"), [(1440, 900), (1280, 800), (1920, 1080), (2560, 1300)]
)
def test_the_whole_story_fits_on_one_screen(open_screen, finished_run, width, height):
    screen = open_screen(width, height)
    screen.go_to_end(finished_run)
    screen.tile(1).click()
    assert (screen.width_needed(), screen.height_needed()) == (width, height)
    stage = "((s) => s.scrollHeight - s.clientHeight)(document.querySelector('#stage'))"
    assert screen.page.evaluate(stage) <= 0


def test_nothing_sticks_out_to_the_side(screen, finished_run):
    screen.go_to_end(finished_run)
    for width in (1279, 1024, 900, 899, 720, 719, 390, 360):
        screen.resize(width, 844)
        screen.wait_until(f"document.documentElement.scrollWidth === {width}")
        assert screen.right_end("#montage .tile, .segments, .chart") <= width


def test_a_phone_has_its_controls_in_reach_and_its_facts_in_a_sheet(open_screen, finished_run):
    screen = open_screen(390, 844, has_touch=True)
    screen.go_to_end(finished_run)
    box = screen.main_button.bounding_box()
    assert box["y"] + box["height"] <= 844
    assert box["height"] >= 44
    facts = screen.page.locator("#facts")
    expect(facts).to_be_hidden()
    screen.tile(2).tap()
    expect(facts).to_be_visible()
    facts.get_by_role("button", name="Close").tap()
    expect(facts).to_be_hidden()


def test_a_narrow_screen_has_its_experiments_behind_a_button(open_screen):
    screen = open_screen(1000, 800)
    screen.go()
    menu = screen.page.locator("#menu")
    choice = screen.page.locator("#rail").get_by_role("button", name="Handwritten strokes")
    expect(choice).to_be_hidden()
    menu.click()
    choice.click()
    expect(choice).to_be_hidden()
    expect(screen.page.locator("#menu-title")).to_have_text("Handwritten strokes")


def test_nothing_moves_when_training_starts(screen):
    screen.go()
    place = "JSON.stringify(document.querySelector('#montage').getBoundingClientRect())"
    before = screen.page.evaluate(place)
    screen.main_button.click()
    screen.wait_for_step(1)
    assert screen.page.evaluate(place) == before
    screen.stop_button.click()
    screen.expect_state("Stopped")
    assert screen.page.evaluate(place) == before


# What stands in a scene once the server has told all that it first asks for.
_COMPLETE = {
    "live": "$$('.measure .drawing:has(path)').length >= 3",
    "filter": "$$('#filter-patches button').length === 9 && $('#filter-map').width > 1"
    " && $('#filter-gradient-words').textContent && $('#filter-chart .drawing path')",
    "microscope": "$('#lens-sum .answer') && $$('#lens-examples button').length",
    "draw": "$('#draw-answers dt') && $$('#draw-layers .montage').length",
    "twins": "$('#twins-differ p + p') && $$('.pair-chart .drawing:has(path)').length >= 3",
    "weights": "$('#weights-reasons p') && $$('#scene-weights .main-svg').length >= 2",
    "present": "$('#present-curve .course')",
}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_moves_while_the_answers_for_a_scene_come_in(
    open_screen, begin_run, finished_run, width, height
):
    screen = open_screen(width, height, kept=False)
    screen.page.add_init_script(WATCH_SHIFTS)
    twin = begin_run(steps=120, seed=1)
    moved = {}
    for scene, complete in _COMPLETE.items():
        screen.go(f"/runs/{finished_run}?view={scene}&filter=5&with={twin}")
        shown = complete.replace("$$(", "document.querySelectorAll(").replace(
            "$(", "document.querySelector("
        )
        screen.wait_until(shown)
        moved[scene] = screen.page.evaluate("window.layoutShift()")
    assert {scene: shift for scene, shift in moved.items() if shift > MOST_SHIFT} == {}


@pytest.mark.parametrize("scene", ["microscope", "draw"])
def test_a_view_without_charts_doesnt_fetch_what_draws_them(screen, finished_run, scene):
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.go(f"/runs/{finished_run}?view={scene}")
    expect(screen.page.locator(READY[scene]).first).to_be_visible()
    screen.wait_for_answers()
    assert not [url for url in asked if "vendor/plotly" in url]
    screen.page.locator('#views [data-scene-link="live"]').click()
    expect(screen.page.locator(".measure .drawing:has(path)").first).to_be_visible()


_BAR = """
    JSON.stringify([...document.querySelectorAll(".bar, .bar *")].map((element) => {
        const look = getComputedStyle(element);
        const colours = [look.color, look.backgroundColor, look.borderColor];
        const place = element.getBoundingClientRect();
        return [element.id, colours, look.fontSize, look.fontWeight, place];
    }))
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_bar_is_painted_as_it_stays_before_the_style_sheet_is_there(
    open_screen, width, height, scheme
):
    screen = open_screen(width, height, color_scheme=scheme)
    held = []
    screen.page.route("**/style.css*", lambda route: held.append(route))
    screen.page.goto(screen.url, wait_until="commit")
    screen.wait_until("performance.getEntriesByType('paint').length")
    assert screen.page.locator(".bar").is_visible()
    assert screen.page.locator(".stage").count() == 0  # nothing is shown without its rules
    painted = screen.page.evaluate(_BAR)
    held[0].continue_()
    expect(screen.page.locator("main.stage")).to_be_visible()
    # Its menu is named for what is chosen, once that is known; so in the same breath.
    menu = "document.querySelector('#menu-title').textContent = 'Experiments'"
    assert screen.page.evaluate(f"{menu}, {_BAR.strip()}") == painted


def test_dark_and_light_follow_the_system_and_kernels_stay_the_same(open_screen, finished_run):
    pictures, papers = [], []
    for scheme in ("light", "dark"):
        screen = open_screen(color_scheme=scheme)
        screen.go_to_end(finished_run)
        pictures.append(screen.picture())
        papers.append(
            screen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        )
    assert pictures[0] == pictures[1]
    assert papers == ["rgb(251, 251, 250)", "rgb(17, 18, 21)"]


def test_the_page_keeps_a_policy_without_unsafe_scripts(screen, server):
    policy = server.client.get("/").headers["content-security-policy"]
    scripts = [part for part in policy.split(";") if "default-src" in part or "script-src" in part]
    assert scripts
    assert not any("unsafe" in part for part in scripts)
    screen.go()
    assert screen.page.evaluate("typeof window.Plotly") == "undefined"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (820, 1100), (390, 844)])
def test_a_fourth_chart_has_room_of_its_own(open_screen, finished_run, width, height):
    screen = open_screen(width, height)
    screen.go_to_end(finished_run)
    boxes = screen.page.evaluate("""() => {
        const another = document.getElementById("loss").cloneNode(true);
        another.removeAttribute("id");
        document.getElementById("loss").after(another);
        const all = [...document.querySelectorAll(".measure .chart, #doubt")];
        return all.filter((element) => element.getClientRects().length).map((element) => {
            const { left, top, right, bottom } = element.getBoundingClientRect();
            return [left, top, right, bottom];
        });
    }""")
    assert len(boxes) == 5
    assert all(bottom - top >= 60 and right - left >= 200 for left, top, right, bottom in boxes[:4])
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = (one[0] >= other[2], other[0] >= one[2], one[1] >= other[3], other[1] >= one[3])
            assert any(apart), (one, other)
