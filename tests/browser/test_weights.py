"""The scene of the first numbers: real draws against the rule that drew them."""

import math

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

GLOROT_DEFAULT = math.sqrt(6 / (9 + 288))


@pytest.fixture
def lab(screen):
    screen.go("/?view=weights&size=3&channels=1&filters=32")
    expect(screen.page.locator("#weights-lab math")).to_contain_text("0.1421")
    return screen.page.locator("#weights-lab")


def slide(screen, name, value):
    screen.page.get_by_label(name).fill(str(value))


def formula(screen, part):
    return screen.page.locator(f"#{part} math")


def test_without_a_run_the_filters_of_the_experiment_chosen_are_held_against_their_rule(screen):
    screen.go("/?view=weights")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text(
        "Who chose the first numbers? Chance, within a bound."
    )
    run = screen.page.locator("#weights-run")
    expect(run).to_contain_text("9 · 9 · 3 = 243")
    expect(run).to_contain_text("9 · 9 · 16 = 1296")
    expect(formula(screen, "weights-run")).to_contain_text("0.0624")
    expect(run).to_contain_text("No weight lies beyond the walls.")
    expect(run.locator(".chart .lines path").first).to_be_visible()
    expect(screen.page.locator("#weights-under")).to_contain_text("All 3,888 weights")


def test_a_run_is_held_against_the_rule_it_named(screen, begin_run):
    layers = [
        {"type": "conv2d", "filters": 8, "kernel_size": 5, "kernel_initializer": "he_normal"},
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": 10},
    ]
    run = begin_run(layers=layers, steps=1, name="He")
    screen.go(f"/runs/{run}?view=weights")
    expect(screen.page.locator("#weights-run-rule")).to_have_text("he_normal, conv1")
    expect(formula(screen, "weights-run")).to_contain_text("0.2828")
    expect(screen.page.locator("#weights-run-words")).to_contain_text("No weight lies beyond")
    expect(screen.page.get_by_label("Rule")).to_have_value("he_normal")


def test_filters_brought_to_length_1_are_said_to_be_stretched(screen):
    screen.go()
    screen.page.get_by_role("button", name="No labels at all").first.click()
    screen.page.get_by_role("link", name="Start weights").click()
    expect(screen.page.locator("#weights-run-words")).to_contain_text("every filter to length 1")


def test_sliders_and_rule_redraw_bound_density_and_kernels(screen, lab):
    expect(screen.page.locator("#weights-fan-in")).to_have_text("9")
    expect(screen.page.locator("#weights-draw-words")).not_to_be_empty()
    expect(lab.locator(".chart .scatterlayer path").first).to_be_attached()
    drawn = "document.querySelector('.weights-draws canvas').toDataURL()"
    curve = "document.querySelector('#weights-lab .chart .scatterlayer').outerHTML"
    before = (screen.page.evaluate(drawn), screen.page.evaluate(curve))
    slide(screen, "Kernel size", 7)
    expect(formula(screen, "weights-lab")).to_contain_text("0.0609")
    expect(screen.page.locator("#weights-fan-in")).to_have_text("49")
    screen.page.get_by_label("Rule").select_option("lecun_normal")
    expect(formula(screen, "weights-lab")).to_contain_text("0.1429")
    expect(lab).to_contain_text("normal with deviation σ")
    screen.wait_until(f"{drawn} !== {before[0]!r}")
    screen.wait_until(f"{curve} !== {before[1]!r}")
    screen.wait_until("location.search.includes('size=7')")


def test_a_rule_s_reason_is_given_with_what_it_does_to_a_signal(screen, lab):
    right = screen.page.locator("#weights-right")
    deviation = GLOROT_DEFAULT / math.sqrt(3)
    expect(right).to_contain_text(f"×{deviation * math.sqrt(9):.2f}")
    expect(right).to_contain_text(f"×{deviation * math.sqrt(288):.2f}")
    expect(screen.page.locator("#weights-reasons")).to_contain_text("exactly 1")
    screen.page.get_by_label("Rule").select_option("he_uniform")
    expect(right).to_contain_text("×1.41")
    expect(screen.page.locator("#weights-reasons")).to_contain_text("ReLU")


def test_the_missing_square_root_is_shown_as_what_it_is(screen, lab):
    mistake = screen.page.locator("#weights-mistake")
    expect(mistake).to_contain_text("Wrong: the square root is missing.")
    expect(mistake.locator("math")).to_contain_text("0.0202")
    assert mistake.locator("msqrt").count() == 0
    expect(mistake).to_contain_text("7.0 times too small")
    darkest = """
        [...document.querySelectorAll('.weights-draws canvas')].map((canvas) => {
            const { width, height } = canvas;
            const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
            const reds = data.filter((_, at) => at % 4 === 0 && data[at + 3]);
            return reds.reduce((least, red) => Math.min(least, red), 255);
        })
    """
    right, wrong = screen.page.evaluate(darkest)
    assert right < 40
    assert wrong > 150
    screen.page.get_by_label("Rule").select_option("he_normal")
    expect(mistake).to_be_hidden()
    expect(screen.page.locator("#weights-wrong-draw")).to_be_hidden()


def test_drawing_again_draws_others_and_the_link_keeps_them(screen, lab):
    drawn = "document.querySelector('.weights-draws canvas').toDataURL()"
    first = screen.page.evaluate(drawn)
    screen.page.get_by_role("button", name="Draw again").click()
    screen.wait_until(f"{drawn} !== {first!r}")
    second = screen.page.evaluate(drawn)
    screen.wait_until("location.search.includes('draw=1')")
    screen.page.reload()
    screen.wait_until(f"{drawn} === {second!r}")
    screen.page.get_by_role("button", name="As in these filters").click()
    expect(formula(screen, "weights-lab")).to_contain_text("0.0624")


def test_sliders_move_by_key_and_leave_the_time_axis_alone(screen, lab):
    screen.page.get_by_label("Number of filters").press("ArrowRight")
    expect(formula(screen, "weights-lab")).to_contain_text("0.1400")
    screen.wait_until("location.search.includes('filters=33')")
    assert "step=" not in screen.page.url


def test_pointing_at_a_bar_tells_how_many_weights_and_how_many_were_expected(screen, lab):
    expect(lab.locator(".chart .lines path").first).to_be_visible()
    box = lab.locator(".chart").bounding_box()
    screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.7)
    expect(lab.locator(".reading")).to_contain_text("expected")


def test_nothing_overflows(screen):
    screen.go("/?view=weights")
    expect(formula(screen, "weights-lab")).to_contain_text("0.0624")
    scene = "document.querySelector('#scene-weights')"
    for width in (1440, 1280, 900, 720, 360):
        screen.resize(width, 900)
        screen.wait_until(f"{scene}.scrollWidth <= {scene}.clientWidth")
