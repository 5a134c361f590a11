"""Who shares a batch keeps off the others' cores, within those that it was given."""

import errno
import os
import sys
from collections.abc import Callable, Iterator

import pytest

from app.engine import own_core
from app.engine.own_core import OwnCores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")
two_cores = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="there is no other core",
)


class Clock:
    """Seconds that pass when it is said."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Moves:
    """In place of the system's: the cores that are allowed, and each set that was asked for.

    loses: the cores that are taken away after the first move; to ask for these alone is refused.
    """

    def __init__(self, *allowed: int) -> None:
        self.allowed = set(allowed)
        self.asked: list[set[int]] = []
        self.loses: set[int] = set()

    def get(self, _pid: int) -> set[int]:
        return self.allowed

    def set(self, _pid: int, cores: set[int]) -> None:
        self.asked.append(set(cores))
        if len(self.asked) > 1 and self.loses.issuperset(cores):
            raise OSError(errno.EINVAL, "none of these cores")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def on_core(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Says on which core everybody finds themselves, and that another one is idle."""
    monkeypatch.setattr(own_core, "_is_a_core_idle", lambda: True)

    def say(core: int) -> None:
        monkeypatch.setattr(own_core, "_current_core", lambda: core)

    return say


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Moves]]:
    def among(*allowed: int) -> Moves:
        moves = Moves(*allowed)
        monkeypatch.setattr(os, "sched_getaffinity", moves.get)
        monkeypatch.setattr(os, "sched_setaffinity", moves.set)
        return moves

    yield among
    monkeypatch.undo()


@two_cores
def test_who_is_found_on_anothers_core_leaves_it_and_may_go_there_again(
    clock: Clock, on_core: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed, look, move = os.sched_getaffinity(0), own_core._current_core, os.sched_setaffinity
    seen = []

    def move_and_look(pid: int, cores: set[int]) -> None:
        move(pid, cores)
        seen.append((set(cores), look()))

    monkeypatch.setattr(os, "sched_setaffinity", move_and_look)
    taken = min(allowed)
    on_core(taken)
    cores = OwnCores(2, clock)
    cores.note(0)
    cores.keep_apart(1)
    (others, where), (at_last, _) = seen
    assert others == allowed - {taken}
    assert where in others
    assert at_last == allowed == os.sched_getaffinity(0)


def test_who_has_a_core_alone_stays(
    clock: Clock, on_core: Callable[[int], None], moves: Callable[..., Moves]
) -> None:
    system, cores = moves(0, 1), OwnCores(2, clock)
    on_core(0)
    cores.note(0)
    on_core(1)
    cores.keep_apart(1)
    assert system.asked == []
    assert cores.meetings == 0
    assert not cores.meet(2)


def test_each_keeps_off_the_cores_of_lower_numbers_within_what_it_was_given(
    clock: Clock, on_core: Callable[[int], None], moves: Callable[..., Moves]
) -> None:
    system, cores = moves(3, 5, 8), OwnCores(3, clock)
    for number, core in enumerate((3, 5)):
        on_core(core)
        cores.note(number)
    cores.keep_apart(2)
    assert system.asked == [{8}, {3, 5, 8}]


def test_who_loses_all_its_cores_while_it_steps_off_one_is_not_kept_to_the_few_it_stepped_to(
    clock: Clock,
    on_core: Callable[[int], None],
    moves: Callable[..., Moves],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    system, cores = moves(0, 1), OwnCores(2, clock)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    on_core(0)
    cores.note(0)
    system.loses = {0, 1}
    cores.keep_apart(1)
    assert system.asked == [{1}, {0, 1}, {0, 1, 2, 3}]


def test_nobody_avoids_the_core_of_who_rests(
    clock: Clock, on_core: Callable[[int], None], moves: Callable[..., Moves]
) -> None:
    system, cores = moves(3, 5, 8), OwnCores(4, clock)
    for number, core in enumerate((3, 5, 8)):
        on_core(core)
        cores.note(number)
    cores.forget(1)
    cores.keep_apart(3)
    assert system.asked == []
    assert cores.meetings == 0
    on_core(3)
    cores.keep_apart(3)
    assert cores.meetings == 1


def test_who_meets_for_weeks_is_counted_on(
    clock: Clock, on_core: Callable[[int], None], moves: Callable[..., Moves]
) -> None:
    moves(0)
    cores = OwnCores(2, clock)
    on_core(0)
    cores.note(0)
    cores._meetings[1] = 2**31 - 1
    cores.keep_apart(1)
    assert cores.meetings == 2**31


@pytest.mark.parametrize("allowed", [(3,), ()])
def test_who_was_given_no_other_core_stays(
    clock: Clock,
    on_core: Callable[[int], None],
    moves: Callable[..., Moves],
    allowed: tuple[int, ...],
) -> None:
    system, cores = moves(*allowed), OwnCores(2, clock)
    on_core(3)
    cores.note(0)
    cores.keep_apart(1)
    assert system.asked == []
    assert cores.meetings == 1
    assert cores.meet(2)


def test_nobody_moves_more_than_twenty_times_a_second(
    clock: Clock, on_core: Callable[[int], None], moves: Callable[..., Moves]
) -> None:
    system, cores = moves(0, 1), OwnCores(2, clock)
    on_core(0)
    cores.note(0)
    for clock.now in (0.0, 0.01, 0.049, 0.051, 0.1, 0.102):
        cores.keep_apart(1)
    assert len(system.asked) == 2 * 3
    assert cores.meetings == 6


def test_nobody_moves_while_no_core_is_idle_and_whether_one_is_is_asked_seldom(
    clock: Clock,
    on_core: Callable[[int], None],
    moves: Callable[..., Moves],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(own_core, "_is_a_core_idle", lambda: asked.append(clock.now))
    system, cores = moves(0, 1), OwnCores(2, clock)
    on_core(0)
    cores.note(0)
    for clock.now in (0.0, 0.002, 0.009, 0.011, 0.013, 0.022):
        cores.keep_apart(1)
    assert asked == [0.0, 0.011, 0.022]
    assert system.asked == []
    assert cores.meetings == 6


def test_nobody_moves_without_a_clock(
    on_core: Callable[[int], None], moves: Callable[..., Moves]
) -> None:
    system, cores = moves(0, 1), OwnCores(2, None)
    on_core(0)
    cores.note(0)
    cores.keep_apart(1)
    assert system.asked == []


def test_nobody_meets_where_no_system_says_who_is_where(
    clock: Clock, moves: Callable[..., Moves], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_core, "_core_teller", lambda: None)
    system, cores = moves(0, 1), OwnCores(2, clock)
    cores.note(0)
    cores.keep_apart(1)
    assert system.asked == []
    assert not cores.meet(2)
