"""A run whose history was thinned while one was away is told to the page anew."""

import pytest

from tests.browser.test_reducer import NOISE, REPLAY, STORY, snapshot

pytestmark = pytest.mark.browser

RESET = {"type": "story_reset", "run": "r"}


def numbered(events):
    return [
        {"kind": kind, "seq": seq, "data": data} for seq, (kind, data) in enumerate(events, start=1)
    ]


@pytest.fixture
def replay(screen):
    screen.go()

    def told(events, then):
        return screen.module("state/reduce.js", REPLAY, {"events": numbered(events), "then": then})

    return told


def again(events):
    return [{"type": "event", "run": "r", "at": 0, **event} for event in numbered(events)]


def test_what_is_told_after_a_reset_takes_the_place_of_all_before(replay):
    halted = [*STORY[:-2], ("snapshot", snapshot(3, NOISE)), *STORY[-2:]]
    before = replay(halted, [])
    assert before["steps"] == [0, 2, 3, 10]
    after = replay(halted, [RESET, *again(STORY)])
    assert after == {**replay(STORY, []), "limits": after["limits"]}


def test_a_reset_keeps_the_run_on_the_stage(replay):
    end = replay(STORY[:-1], [RESET])
    assert (end["seq"], end["steps"], end["training"], end["status"]) == (0, [], [], "running")


def test_a_reset_of_another_run_is_left_aside(replay):
    assert replay(STORY, [{**RESET, "run": "s"}])["steps"] == [0, 2, 10]
