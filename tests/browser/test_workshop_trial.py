"""One's own filters in the network: really trained, beside learned and random ones."""

import pytest
from playwright.sync_api import expect

from tests.browser.screen import TRAINED
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

WAYS = ("learned", "frozen", "random")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with RunningServer(tmp_path_factory.mktemp("data"), FILTERSCOPE_RUNS="2") as running:
        yield running


def finished(server, recipe):
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert any("run_finished" in line for line in events.iter_lines())
    return run


def told(server, run):
    return server.client.get(f"/api/runs/{run}").json()


@pytest.fixture(scope="module")
def short_run(server):
    """A network of few steps, which is on the stage and so is what filters are put into."""
    return finished(server, {"preset": "dead-leaves", "steps": 30, "name": "Short leaves"})


class TrialScreen:
    """The column beside the bank as a test sees it."""

    def __init__(self, screen):
        self.screen = screen
        self.page = screen.page
        self.train = screen.page.locator("#trial-train")
        self.said = screen.page.locator("#trial-said")
        self.verdict = screen.page.locator("#trial-verdict")
        self.network = screen.page.locator("#trial-network")

    def open(self, path):
        self.screen.go(path)
        expect(self.page.locator("#scene-workshop.ready")).to_be_visible()
        return self

    def make_a_filter(self):
        self.page.locator(".shop-cell[tabindex='0']").click()
        for key in ("3", "ArrowRight", "-", "3", "ArrowLeft"):
            self.page.keyboard.press(key)

    def row(self, way):
        return self.page.locator(f'.trial-row[data-way="{way}"]')

    def expect_end(self):
        expect(self.train).to_contain_text("Train one more seed", timeout=TRAINED)

    def runs(self, count=3):
        named = "(new URLSearchParams(location.search).get('trial') ?? '').split(',')"
        self.screen.wait_until(f"{named}.length === {count}")
        return self.page.evaluate(named)


@pytest.fixture
def trained(open_screen, short_run):
    screen = open_screen(expected=("404",))  # of runs that a test deletes
    trial = TrialScreen(screen).open(f"/runs/{short_run}?view=workshop")
    expect(trial.train).to_have_attribute("aria-disabled", "true")
    trial.make_a_filter()
    expect(trial.network).to_have_value("run")
    expect(trial.train).to_contain_text("Train with 1 and 15 random ones")
    trial.train.click()
    trial.expect_end()
    return trial


def test_three_runs_are_trained_and_their_bars_are_what_the_interface_tells(
    trained, server, short_run
):
    runs = [told(server, run) for run in trained.runs()]
    assert short_run in {run["id"] for run in runs}  # the learned one is taken, not trained anew
    by_way = {}
    for run in runs:
        first = run["recipe"]["layers"][0]
        drawn = first["kernel_initializer"] == "glorot_uniform"
        by_way["learned" if first["trainable"] else "random" if drawn else "frozen"] = run
    assert sorted(by_way) == sorted(WAYS)
    for way, run in by_way.items():
        accuracy = run["metrics"]["validation_accuracy"]
        row = trained.row(way)
        expect(row.locator("h3 b")).to_have_text(f"{100 * accuracy + 1e-9:.1f} %")
        width = row.locator(".trial-filled").evaluate("(bar) => parseFloat(bar.style.width)")
        assert width == pytest.approx(100 * accuracy, abs=0.01)
        assert row.locator("canvas").count() == 16
    again = finished(server, by_way["frozen"]["recipe"])
    assert told(server, again)["metrics"] == by_way["frozen"]["metrics"]
    expect(trained.verdict).to_contain_text("One seed can’t tell this from chance")


def test_a_link_keeps_it_one_more_seed_adds_to_it_and_a_deleted_run_is_said(trained, server):
    before = trained.runs()
    trained.page.reload()
    expect(trained.page.locator("#scene-workshop.ready")).to_be_visible()
    for way in WAYS:
        expect(trained.row(way).locator("h3 b")).to_contain_text("%")
    trained.make_a_filter()
    trained.expect_end()
    trained.train.click()
    expect(trained.verdict).to_contain_text("Two seeds can’t tell this from chance")
    expect(trained.row("random")).to_contain_text("two seeds")
    after = trained.runs(6)
    assert set(before) <= set(after)
    gone = next(run for run in after if "own filters" in told(server, run)["name"])
    assert server.client.delete(f"/api/runs/{gone}").status_code == 204
    trained.page.reload()
    expect(trained.said).to_contain_text("was deleted")
    expect(trained.train).not_to_contain_text("one more seed")


def test_learned_and_own_filters_open_as_twins(trained):
    trained.page.locator("#trial-twins").click()
    expect(trained.page.locator("#twins-title")).to_be_visible()
    expect(trained.page.locator("#twin-b-title .name")).to_contain_text("own filters")


def test_a_bank_that_fits_no_network_is_said_with_two_ways_out(open_screen, server, short_run):
    trial = TrialScreen(open_screen()).open(f"/runs/{short_run}?view=workshop&network=dead-leaves")
    trial.make_a_filter()
    trial.page.locator("#shop-size").select_option("5")
    misfit = trial.page.locator("#trial-misfit")
    expect(misfit).to_contain_text("takes 9 × 9 × 3 × 16")
    expect(trial.train).to_have_attribute("aria-disabled", "true")
    misfit.get_by_role("button", name="Give the network 16 filters of 5×5").click()
    expect(misfit).to_be_hidden()
    expect(trial.page.locator("#trial-layer")).to_have_text("16 filters of 5×5, colour")
    expect(trial.train).not_to_have_attribute("aria-disabled", "true")
