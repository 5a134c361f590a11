"""What is taken when: the first convolution always, the rest where there is room or a wish."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from app.client.choosing import MOST_BYTES
from app.client.watched_network import Taken, WatchedLayer, WatchedNetwork

FLOATS_OF_3_MB = (3, 3, 256, 325)
LARGE = (3, 3, 100, 200)  # more than what is always sent whole


class Told:
    """A run that keeps what it was told."""

    def __init__(self) -> None:
        self.count = 0
        self.total_steps: int | None = None
        self.before_row: Callable[[int], object] = print
        self.wanted: tuple[int, ...] = ()
        self.snapshots: dict[int, list[str]] = {}
        self.said: list[str] = []

    def snapshot(self, step: int, arrays: Sequence[Taken]) -> None:
        self.snapshots[step] = [f"{taken.layer}/{taken.name}" for taken in arrays]

    def say(self, words: str) -> None:
        self.said.append(words)


def layer(title: str, kind: str, **shapes: tuple[int, ...]) -> WatchedLayer:
    def copies() -> dict[str, object]:
        return {name: np.zeros(shape, "f4") for name, shape in shapes.items()}

    return WatchedLayer({"title": title, "kind": kind}, shapes, copies)


def count_to(network: WatchedNetwork, run: Told, last: int) -> None:
    for run.count in range(last + 1):
        if run.count == 0:
            network.take(is_edge=True)
        else:
            network.counted()


SMALL = [
    layer("head", "dense", kernel=(8, 2)),
    layer("stem", "conv2d", kernel=(3, 3, 3, 8), bias=(8,)),
    layer("pool", "max_pool2d"),
    layer("body", "conv2d", kernel=LARGE),
]
STEM = ["1/kernel", "1/bias"]


def test_the_first_convolution_is_in_every_snapshot_and_all_are_in_the_first_and_last() -> None:
    run = Told()
    network = WatchedNetwork(run, SMALL)
    count_to(network, run, 11)
    network.take(is_edge=True)
    network.take(is_edge=True)
    assert list(run.snapshots) == [0, 1, 2, 3, 4, 6, 8, 10, 11]
    everything = ["0/kernel", *STEM, "3/kernel"]
    assert run.snapshots.pop(0) == run.snapshots.pop(11) == everything
    assert all(arrays == STEM for arrays in run.snapshots.values())


def test_layers_that_somebody_looks_at_or_that_were_named_come_along() -> None:
    run = Told()
    network = WatchedNetwork(run, SMALL, named=["head"])
    count_to(network, run, 1)
    run.wanted = (3,)
    run.count = 2
    network.take()
    assert run.snapshots[1] == ["0/kernel", *STEM]
    assert run.snapshots[2] == ["0/kernel", *STEM, "3/kernel"]


def test_a_small_network_that_a_recipe_could_say_is_sent_whole() -> None:
    run = Told()
    count_to(WatchedNetwork(run, SMALL[:3], {"layers": []}), run, 1)
    assert run.snapshots[0] == run.snapshots[1] == ["0/kernel", *STEM]


@pytest.mark.parametrize("is_told", [False, True])
def test_a_last_step_that_was_due_anyway_holds_all_layers_once_it_is_known_to_be_the_last(
    is_told: bool,
) -> None:
    run = Told()
    run.total_steps = 4 if is_told else None
    network = WatchedNetwork(run, SMALL, holds=True)
    count_to(network, run, 4)
    assert list(run.snapshots) == [0, 1, 2, 3, 4] if is_told else [0, 1, 2, 3]
    network.take(is_edge=True)
    assert list(run.snapshots) == [0, 1, 2, 3, 4]
    assert run.snapshots[4] == ["0/kernel", *STEM, "3/kernel"]


def test_a_snapshot_that_is_held_back_goes_before_what_is_told_of_a_later_step() -> None:
    run = Told()
    network = WatchedNetwork(run, SMALL, holds=True)
    count_to(network, run, 4)
    run.before_row(4)
    assert 4 not in run.snapshots
    run.before_row(5)
    assert run.snapshots[4] == STEM


def test_what_has_no_room_is_left_out_and_said_once() -> None:
    run = Told()
    large = [layer(f"body{index}", "conv2d", kernel=FLOATS_OF_3_MB) for index in range(3)]
    assert MOST_BYTES / 2 < large[0].nbytes < MOST_BYTES
    network = WatchedNetwork(run, [*SMALL, *large])
    network.take(is_edge=True)
    run.count = 1
    network.take(is_edge=True)
    assert run.snapshots[0] == ["0/kernel", *STEM, "3/kernel", "4/kernel"]
    assert len(run.said) == 1
    assert "body1, body2" in run.said[0]
