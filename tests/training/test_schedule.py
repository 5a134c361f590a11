"""Snapshots, evaluations and reports come often at first and ever more sparsely."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.schedule import (
    is_evaluation_step,
    is_report_step,
    is_snapshot_step,
    snapshot_interval,
    validation_samples,
)


def snapshots(total: int) -> list[int]:
    return [step for step in range(total + 1) if is_snapshot_step(step, total)]


def test_the_first_twenty_updates_are_all_kept() -> None:
    assert snapshots(400)[:21] == list(range(21))


def test_the_steps_that_the_charts_mark_are_kept() -> None:
    assert {0, 1, 3, 10, 30, 60, 100, 200, 300, 400} <= set(snapshots(400))


@pytest.mark.parametrize(("total", "frames"), [(400, 70), (1000, 81), (5616, 110)])
def test_a_film_stays_short_whatever_the_length_of_the_run(total: int, frames: int) -> None:
    assert len(snapshots(total)) <= frames


@given(st.integers(0, 10**6))
def test_an_interval_is_a_round_number_of_at_most_a_tenth_of_the_step(step: int) -> None:
    interval = snapshot_interval(step)
    assert str(interval).rstrip("0") in {"1", "2", "5"}
    assert interval <= max(1, step / 10) < 2.5 * interval + 1


@given(st.integers(1, 10**6))
def test_the_first_and_last_step_are_looked_at_in_every_way(total: int) -> None:
    for is_due in (is_snapshot_step, is_evaluation_step, is_report_step):
        assert is_due(0, total)
        assert is_due(total, total)


def test_evaluations_of_a_short_run() -> None:
    steps = [step for step in range(401) if is_evaluation_step(step, 400)]
    assert steps == [0, 10, 20, 30, 60, 100, 200, 300, 400]


def test_losses_are_told_at_least_every_ten_steps() -> None:
    told = [step for step in range(5617) if is_report_step(step, 5616)]
    assert max(b - a for a, b in pairwise(told)) == 10


@given(st.integers(1, 10**5), st.integers(1, 1024), st.sampled_from([2000, 10_000]))
def test_evaluations_before_the_last_never_try_more_images_than_there_are(
    steps: int, batch_size: int, test_size: int
) -> None:
    assert 256 <= validation_samples(steps, batch_size, test_size) <= test_size
