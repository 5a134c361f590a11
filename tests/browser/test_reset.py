"""A run whose history was thinned while one was away is told to the page anew."""

import pytest

from app.store.thinning import MOST_HALTS
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_run_halted_too_often_to_keep_it_all_opens_with_what_is_left(screen, server, begin_run):
    run = begin_run(steps=100_000, batch_size=4)
    path = f"/api/runs/{run}"

    run_now = server.client.get(path).json()
    # It halts at every third update, and most of these are off its schedule.
    for _ in range(MOST_HALTS + 20):
        server.client.patch(path, json={"advance": 3}).raise_for_status()
        run_now = wait_for_a_halt(server.client, path, after=run_now)
    server.client.patch(path, json={"status": "stopped"}).raise_for_status()
    lines = server.client.get(f"{path}/events").text.split("\n")
    assert next(line for line in lines if line.startswith("event:")) == "event: reset"
    seqs = [int(line[4:]) for line in lines if line.startswith("id: ")]
    screen.go(f"/runs/{run}")
    screen.wait_until(f"window.heard.at(-1) === {seqs[-1]}")
    assert screen.page.evaluate("window.heard") == seqs
    screen.wait_for_step(server.client.get(f"{path}/snapshots").json()["steps"][-1])


def wait_for_a_halt(client, path, after):
    """The run once it is paused at a later step than `after`."""
    now = after

    def has_halted():
        nonlocal now
        now = client.get(path).json()
        return now["status"] == "paused" and now["step"] > after["step"]

    wait_until(has_halted, f"it didn't halt after update {after['step']}")
    return now
