"""Cross-entropy that can't overflow, and rates over a run."""

import math

import numpy as np
import pytest

from app.engine.losses import softmax, softmax_cross_entropy
from app.engine.schedules import ConstantSchedule, LinearSchedule, Rate
from tests.engine.gradients import assert_close, numerical_gradient


def test_equal_logits_cost_the_logarithm_of_the_classes() -> None:
    losses, _ = softmax_cross_entropy(np.zeros((2, 10), np.float32), np.array([0, 9]))
    np.testing.assert_allclose(losses, math.log(10), rtol=1e-7)


def test_the_gradient_agrees_with_differences() -> None:
    logits = np.random.default_rng(0).standard_normal((4, 5))
    labels = np.array([0, 4, 2, 2])
    _, gradient = softmax_cross_entropy(logits, labels)
    numeric = numerical_gradient(
        lambda: float(softmax_cross_entropy(logits, labels)[0].mean()), logits
    )
    assert_close("logits", gradient, numeric)


def test_huge_logits_stay_finite() -> None:
    logits = np.array([[1e4, -1e4, 0.0]], np.float32)
    losses, gradient = softmax_cross_entropy(logits, np.array([1]))
    assert losses[0] == pytest.approx(2e4)
    assert np.isfinite(gradient).all()
    np.testing.assert_allclose(softmax(logits).sum(axis=1), 1, rtol=1e-6)


def test_a_share_of_a_batch_weighs_by_the_whole_batch() -> None:
    logits = np.random.default_rng(0).standard_normal((4, 3))
    labels = np.array([0, 1, 2, 0])
    _, whole = softmax_cross_entropy(logits, labels)
    _, share = softmax_cross_entropy(logits[:2], labels[:2], batch_size=4)
    np.testing.assert_array_equal(whole[:2], share)


def test_a_linear_schedule_ends_at_its_share_of_the_start() -> None:
    schedule = LinearSchedule(0.05, total_steps=400)
    assert schedule.at(0) == 0.05
    assert schedule.at(399) == pytest.approx(0.001)
    assert schedule.at(1000) == pytest.approx(0.001)
    assert LinearSchedule(0.1, 1).at(0) == 0.1
    assert ConstantSchedule(0.3).at(10**6) == 0.3


def test_a_rate_runs_its_schedule_as_if_it_had_begun_elsewhere() -> None:
    schedule = LinearSchedule(0.05, total_steps=400)
    for step in (0, 7, 399, 1000):
        assert Rate(schedule, 0.05).at(step) == schedule.at(step)
        assert Rate(schedule, 0.2).at(step) == pytest.approx(4 * schedule.at(step))
    assert Rate(schedule, 0.0).at(7) == 0
    with pytest.raises(ValueError, match=r"learning_rate is -0\.1"):
        Rate(schedule, -0.1)


def test_probabilities_are_the_exponentials_shares() -> None:
    logits = np.log(np.array([[1.0, 2.0, 5.0], [1e-30, 1.0, 1.0]]))
    expected = [[0.125, 0.25, 0.625], [0.5e-30, 0.5, 0.5]]
    np.testing.assert_allclose(softmax(logits), expected, rtol=1e-12)


def test_a_schedule_over_no_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="total_steps is 0"):
        LinearSchedule(0.1, 0)
