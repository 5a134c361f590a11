"""The presentation, the link a class joins by, and following the teacher."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from tests.running_server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture
def shown(screen, finished_run):
    screen.go_to_end(finished_run, "?view=present")
    expect(screen.page.locator("#present-value")).not_to_be_empty()
    return screen


def test_the_key_p_opens_the_presentation_and_ends_it(screen, finished_run):
    screen.go_to_end(finished_run)
    verdict = "of 16 filters see edges or lines."
    expect(screen.headline).to_contain_text(verdict)
    screen.page.keyboard.press("p")
    expect(screen.page.locator("#present-headline")).to_contain_text(verdict)
    expect(screen.page.locator(".bar")).to_be_hidden()
    screen.wait_until("document.fullscreenElement !== null")
    screen.page.keyboard.press("p")
    expect(screen.page.locator(".bar")).to_be_visible()
    screen.wait_until("document.fullscreenElement === null")
    screen.page.get_by_role("link", name="Twins").click()  # as Microscope and Draw, shown as it is
    expect(screen.page.locator("#scene-twins.ready")).to_be_visible()
    screen.page.keyboard.press("p")
    expect(screen.page.locator(".bar")).to_be_hidden()
    expect(screen.page.locator("#scene-twins")).to_be_visible()
    expect(screen.page).to_have_url(re.compile("presented=1"))
    screen.page.reload()
    expect(screen.page.locator("#scene-twins.ready")).to_be_visible()
    expect(screen.page.locator(".bar")).to_be_hidden()
    screen.page.get_by_role("button", name="End").click()
    expect(screen.page.locator(".bar")).to_be_visible()


def test_there_are_the_film_the_headline_one_curve_and_the_scrubber_alone(shown):
    tiles = shown.page.locator("#present-film .tile")
    expect(tiles).to_have_count(16)
    expect(shown.page.locator("#present-curve .course")).to_have_count(1)
    expect(shown.thumb).to_be_visible()
    for hidden in (".bar", "#stage", "#measures"):
        expect(shown.page.locator(hidden)).to_be_hidden()


def test_the_film_and_the_curve_s_value_follow_the_scrubber(shown):
    def picture():
        canvas = "document.querySelector('#present-film canvas').toDataURL()"
        return shown.page.evaluate(canvas)

    end = picture()
    value = shown.page.locator("#present-value").text_content()
    shown.thumb.press("Home")
    shown.wait_until(f"document.querySelector('#present-value').textContent !== {value!r}")
    assert picture() != end
    expect(shown.page.locator("#present-headline")).to_have_text(
        "Sixteen filters, still random noise."
    )


def test_one_curve_is_chosen_among_three_and_says_in_words_what_it_shows(shown):
    for name, words in (("Right answers", "Right answers, new"), ("Error", "Error, new pictures")):
        shown.page.get_by_role("radio", name=name).check()
        expect(shown.page.locator("#present-curve-title")).to_contain_text(words)
        shown.wait_until(
            f"document.querySelector('#present-curve').ariaLabel.startsWith({words[:5]!r})"
        )


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1440, 900), (1280, 720)])
def test_type_is_large_and_nothing_needs_scrolling(open_screen, finished_run, width, height):
    screen = open_screen(width, height)
    screen.go_to_end(finished_run, "?view=present")
    expect(screen.page.locator("#present-value")).not_to_be_empty()
    size = "(name) => parseFloat(getComputedStyle(document.querySelector(name)).fontSize)"
    assert screen.page.evaluate(size, "#present-headline") >= 36
    assert screen.page.evaluate(size, "#present-curve text") >= 18
    assert screen.page.evaluate(size, ".scrubber .tick") >= 16
    assert screen.width_needed() <= width
    assert screen.height_needed() <= height
    scene = "document.querySelector('#scene-present')"
    screen.wait_until(f"{scene}.scrollHeight <= {scene}.clientHeight + 1")


def test_a_server_for_one_machine_says_that_nobody_else_can_join(shown):
    shown.page.get_by_role("button", name="Let others join").click()
    dialog = shown.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Only this computer can open the page")
    expect(dialog).to_contain_text("--host 0.0.0.0")
    expect(shown.page.locator("#join-code")).to_be_hidden()


def test_a_class_guesses_before_it_sees_and_a_page_loaded_anew_goes_on(shown, server):
    """Hidden answers, bars, a reload, the reveal, and what the run tells; all by the keyboard."""
    page, scene = shown.page, shown.page.locator("#scene-present")
    page.locator("#present-lead").click()
    expect(page.locator("#present-note")).to_contain_text("Nobody follows yet.")
    page.keyboard.press("q")
    page.get_by_role("button", name="How many become edges or lines?").click()
    expect(page.locator("#present-headline")).to_have_text(
        "How many of these 16 become edges or lines?"
    )
    expect(shown.shown_step).to_have_text("step 0")
    poll = server.client.get("/api/teaching").json()["poll"]
    for number, said in enumerate((3, 3, 16)):
        vote = {"poll": poll["id"], "vote": said}
        phone = f"/api/teaching/poll/votes/phone-{number:012}"
        server.client.put(phone, json=vote).raise_for_status()
    expect(page.locator(".tally-hidden")).to_have_text("3 have answered")
    expect(page.locator(".tally-drawing")).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator(".tally-drawing")).to_have_attribute("aria-label", "Answers. 3: 2; 16: 1.")
    page.reload()
    expect(page.locator(".tally-hidden")).to_have_text("3 have answered")
    page.keyboard.press(" ")
    expect(scene).to_have_class(re.compile("revealed"))
    result = server.client.get("/api/teaching").json()["poll"]["result"]
    expect(page.locator("#present-headline")).to_have_text(result["sentence"])
    expect(page.locator(".tally-drawing .truth")).to_have_text(f"it was {result['truth'][0]}")
    expect(page.locator(".tally-doubt")).to_contain_text("What this does not prove.")
    assert shown.height_needed() <= 900
    page.keyboard.press(" ")
    expect(scene).not_to_have_class(re.compile("polling"))
    assert server.client.get("/api/teaching").json()["poll"] is None
    page.locator("#present-lead").click()


def test_whoever_follows_goes_where_the_teacher_looks(open_screen, finished_run):
    teacher, pupil = open_screen(), open_screen()
    teacher.go_to_end(finished_run, "?view=present")
    pupil.go("/?follow=1")
    expect(pupil.page.locator("#follow")).to_have_text("Following the teacher")
    teacher.page.locator("#present-lead").click()
    expect(teacher.page.locator("#present-note")).to_contain_text("You lead.")
    pupil.wait_until(f"location.pathname === '/runs/{finished_run}'")
    teacher.thumb.press("Home")
    expect(pupil.shown_step).to_have_text("step 0")
    teacher.page.keyboard.press("Shift+ArrowRight")
    expect(pupil.shown_step).to_have_text("step 1")
    teacher.page.keyboard.press("p")
    teacher.page.get_by_role("link", name="Microscope").click()
    expect(pupil.page.locator("#scene-microscope")).to_be_visible()
    teacher.page.get_by_role("button", name="Stop leading").click()
    pupil.wait_until("document.querySelector('#follow').title === 'Nobody leads at the moment.'")
    expect(pupil.page.locator(".follow-note")).to_have_css("position", "static")  # for eyes too


def test_whoever_moves_looks_on_their_own_until_they_follow_again(open_screen, finished_run):
    teacher, pupil = open_screen(), open_screen()
    teacher.go_to_end(finished_run, "?view=present")
    teacher.page.locator("#present-lead").click()
    expect(teacher.page.locator("#present-note")).to_contain_text("You lead.")
    teacher.thumb.press("Home")
    pupil.go("/?follow=1")
    expect(pupil.shown_step).to_have_text("step 0")
    pupil.wait_until(
        "parseInt(document.querySelector('.thumb').ariaValueMax) > 0"
        f" && location.pathname === '/runs/{finished_run}'"
    )
    pupil.thumb.press("End")
    expect(pupil.page.locator("#follow")).to_have_text("Follow the teacher")
    teacher.page.keyboard.press("Shift+ArrowRight")
    expect(pupil.page.locator("#follow")).to_have_attribute("aria-pressed", "false")
    pupil.page.locator("#follow").click()
    expect(pupil.shown_step).to_have_text("step 1")
    teacher.page.locator("#present-lead").click()


def test_a_second_window_takes_the_lead_and_the_first_is_told(open_screen, finished_run):
    first, second = open_screen(expected=("409",)), open_screen()
    for screen in (first, second):
        screen.go_to_end(finished_run, "?view=present")
        screen.page.locator("#present-lead").click()
        expect(screen.page.locator("#present-lead")).to_have_attribute("aria-pressed", "true")
    first.thumb.press("Home")
    expect(first.page.locator("#present-note")).to_contain_text("Another window leads")
    second.page.locator("#present-lead").click()


def _expect_the_code_to_lead_phones_to_the_light_page(browser, home):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{home}/?token=teach-the-class-1")
        page.keyboard.press("p")
        page.get_by_role("button", name="Lead the class").click()
        expect(page.get_by_role("button", name="Stop leading").first).to_be_visible()
        code = page.request.get(f"{home}/api/teaching").json()["code"]
        page.get_by_role("button", name="Let others join").click()
        expect(page.locator("#join-short")).to_contain_text(f"/{code}")
        expect(page.locator("#join-code")).to_have_attribute("src", re.compile(f"{code}$"))


def test_a_class_that_joins_by_the_link_watches_without_buttons_that_change_things(
    browser, tmp_path
):
    # 127.1 is this machine alone too, written so that the server takes it for any other address.
    with RunningServer(
        tmp_path, FILTERSCOPE_HOST="127.1", FILTERSCOPE_TOKEN="teach-the-class-1"
    ) as server:
        place = urlsplit(server.url)
        home = f"http://127.0.0.1:{place.port}"
        headers = {"Authorization": "Bearer teach-the-class-1", "Host": "class.example"}
        asked = {"path": "/?follow=1"}
        link = httpx.get(f"{home}/api/join", params=asked, headers=headers, trust_env=False).json()
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{home}/?{urlsplit(link['url']).query}")
        expect(page.locator("#follow")).to_have_text("Following the teacher")
        expect(page.locator("#main-button")).to_be_hidden()
        assert "token" not in page.url
        page.goto(f"{home}/?view=workshop")
        expect(page.locator("#trial-said")).to_contain_text("You watch here")
        expect(page.locator("#trial-train")).to_be_hidden()
        context.close()
        _expect_the_code_to_lead_phones_to_the_light_page(browser, home)
