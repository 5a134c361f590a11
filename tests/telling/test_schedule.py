"""Snapshots, evaluations and reports come often at first and ever more sparsely."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.telling.schedule import (
    evaluation_steps,
    is_evaluation_step,
    is_report_step,
    next_due,
    validation_samples,
)
from app.vocabulary.snapshot_steps import (
    is_snapshot_step,
    next_snapshot_step,
    snapshot_interval,
)


def snapshots(total: int) -> list[int]:
    return [step for step in range(total + 1) if is_snapshot_step(step, total)]


def test_the_first_updates_are_all_kept_and_then_ever_fewer() -> None:
    assert snapshots(400)[:12] == [0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18]


def test_the_next_step_of_the_pattern_is_found_from_any_step() -> None:
    kept = [step for step in range(20_001) if is_snapshot_step(step, None)]
    assert all(next_snapshot_step(step) == later for step, later in pairwise(kept))
    assert next_snapshot_step(19) == next_snapshot_step(18)


def test_the_steps_that_the_charts_mark_are_kept() -> None:
    assert {0, 1, 3, 10, 30, 60, 100, 200, 300, 400} <= set(snapshots(400))


@pytest.mark.parametrize(("total", "frames"), [(400, 34), (1000, 41), (5616, 55)])
def test_a_film_stays_short_whatever_the_length_of_the_run(total: int, frames: int) -> None:
    assert len(snapshots(total)) <= frames


@given(st.integers(0, 10**6))
def test_an_interval_is_a_round_number_of_at_most_a_fifth_of_a_unit_of_the_axis(step: int) -> None:
    interval = snapshot_interval(step)
    assert str(interval).rstrip("0") in {"1", "2", "5"}
    assert interval <= (step + 5) / 5 < 2.5 * interval + 1


@given(st.integers(1, 10**6))
def test_the_first_and_last_step_are_looked_at_in_every_way(total: int) -> None:
    for is_due in (is_snapshot_step, is_evaluation_step, is_report_step):
        assert is_due(0, total)
        assert is_due(total, total)


def test_evaluations_of_a_short_run() -> None:
    steps = [step for step in range(401) if is_evaluation_step(step, 400)]
    assert steps == [0, 10, 20, 30, 60, 100, 200, 300, 400]


@given(st.integers(1, 10**7))
def test_the_test_set_is_tried_only_where_a_snapshot_is_taken_too(total: int) -> None:
    for step in (0, *evaluation_steps(total), total):
        assert is_snapshot_step(step, total)


@given(st.integers(1, 3000))
def test_nothing_is_due_between_a_step_and_the_next_that_is_due(total: int) -> None:
    due = [step for step in range(total + 1) if is_report_step(step, total)]
    step, followed = 0, [0]
    while step < total:
        step = next_due(step, total)
        followed.append(step)
    assert followed == due


def test_losses_are_told_at_least_every_twenty_steps() -> None:
    told = [step for step in range(5617) if is_report_step(step, 5616)]
    assert max(b - a for a, b in pairwise(told)) == 20


@given(st.integers(1, 10**5), st.integers(1, 1024), st.sampled_from([2000, 10_000]))
def test_evaluations_before_the_last_never_try_more_images_than_there_are(
    steps: int, batch_size: int, test_size: int
) -> None:
    assert 192 <= validation_samples(steps, batch_size, test_size) <= test_size


@given(st.integers(1, 10**5), st.integers(1, 1024))
def test_evaluations_before_the_last_try_whole_batches_if_not_everything(
    steps: int, batch_size: int
) -> None:
    samples = validation_samples(steps, batch_size, 10_000)
    assert samples % batch_size == 0 or samples == 10_000
