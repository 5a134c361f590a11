"""A server that trains one run at a time."""

import pytest
from playwright.sync_api import expect

from tests.running_server import RunningServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with RunningServer(tmp_path_factory.mktemp("data"), FILTERSCOPE_RUNS="1") as running:
        yield running


def test_a_run_waits_its_turn_and_says_so(screen, begin_run):
    begin_run(steps=100_000, name="First")
    waiting = begin_run(steps=100_000, name="Second")
    screen.go(f"/runs/{waiting}")
    expect(screen.headline).to_have_text("Waiting for another run to end.")
    screen.page.get_by_role("button", name="Cancel").click()
    screen.expect_state("Stopped")
