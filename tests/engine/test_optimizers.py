"""Optimisers: one step by hand, state that resumes to the byte."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from app.engine import SGD, Adadelta, Adam, AdamW, LinearSchedule, Optimizer, Rate, RMSprop
from app.engine.parameters import Parameters
from app.vocabulary.layers import WeightSpec

FACTORIES: dict[str, Callable[[], Optimizer]] = {
    "sgd": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "nesterov": lambda: SGD(0.1, momentum=0.9, nesterov=True),
    "rmsprop": lambda: RMSprop(0.1),
    "rmsprop with momentum": lambda: RMSprop(0.1, momentum=0.5),
    "adam": lambda: Adam(0.1),
    "adamw": lambda: AdamW(0.1),
    "adadelta": lambda: Adadelta(1.0),
}
every_optimizer = pytest.mark.parametrize("make", FACTORIES.values(), ids=FACTORIES.keys())


class Problem:
    """Parameters of a size beyond one block, with gradients that change every step."""

    def __init__(self) -> None:
        spec = WeightSpec("kernel", (3, 4001), "ones")
        self.parameters = Parameters({"dense1/kernel": spec}, np.float32)
        self.parameters.draw(np.random.default_rng(0))
        self.step = 0

    def set_gradients(self) -> None:
        self.step += 1
        random = np.random.default_rng(self.step)
        self.parameters.gradients.flat[...] = random.standard_normal(12003)


@every_optimizer
def test_a_resumed_run_gives_the_bytes_of_one_that_never_stopped(
    make: Callable[[], Optimizer],
) -> None:
    whole, halves = Problem(), Problem()
    optimizer, first = make(), make()
    optimizer.bind(whole)
    first.bind(halves)
    for _ in range(3):
        whole.set_gradients(), halves.set_gradients()
        optimizer.update(), first.update()
    second = make()
    second.bind(halves)
    second.load_state(first.state())
    for _ in range(3):
        whole.set_gradients(), halves.set_gradients()
        optimizer.update(), second.update()
    assert whole.parameters.values.flat.tobytes() == halves.parameters.values.flat.tobytes()


def test_plain_descent_moves_against_the_gradient_times_the_rate() -> None:
    problem, optimizer = Problem(), SGD(0.25)
    optimizer.bind(problem)
    problem.set_gradients()
    kernel = problem.parameters[0]
    before = kernel.value.copy()
    assert optimizer.update() == 0.25
    np.testing.assert_allclose(kernel.value - before, -0.25 * kernel.gradient, atol=1e-6)


@every_optimizer
def test_a_foreign_state_is_refused(make: Callable[[], Optimizer]) -> None:
    optimizer = make()
    optimizer.bind(Problem())
    with pytest.raises(ValueError, match="state holds"):
        optimizer.load_state({"updates": 1, "unknown": np.zeros(3)})


@every_optimizer
def test_slots_without_gradient_do_not_linger_as_denormals(
    make: Callable[[], Optimizer],
) -> None:
    problem, optimizer = Problem(), make()
    optimizer.bind(problem)
    problem.parameters.gradients.flat[...] = 1e-17
    optimizer.update()
    problem.parameters.gradients.flat[...] = 0
    for _ in range(128):
        optimizer.update()
    for array in optimizer.state().values():
        magnitudes = np.abs(np.asarray(array, float))
        assert not ((magnitudes > 0) & (magnitudes < 1e-37)).any()


def first_step(optimizer: Optimizer, gradient: float) -> float:
    problem = Problem()
    optimizer.bind(problem)
    problem.parameters.gradients.flat[...] = gradient
    optimizer.update()
    return float(problem.parameters[0].value[0, 0])


def test_first_steps_by_hand() -> None:
    # All start at W = 1 with g = 0.5.
    assert first_step(SGD(0.1), 0.5) == pytest.approx(0.95)
    assert first_step(SGD(0.1, momentum=0.9), 0.5) == pytest.approx(0.95)
    assert first_step(SGD(0.1, momentum=0.9, nesterov=True), 0.5) == pytest.approx(0.905)
    assert first_step(RMSprop(0.1), 0.5) == pytest.approx(1 - 0.05 / math.sqrt(0.025), rel=1e-5)
    assert first_step(Adam(0.1), 0.5) == pytest.approx(0.9, rel=1e-5)
    assert first_step(AdamW(0.1, weight_decay=0.5), 0.5) == pytest.approx(0.85, rel=1e-5)
    change = 0.5 * math.sqrt(1e-7 / (0.05 * 0.25 + 1e-7))
    assert first_step(Adadelta(1.0), 0.5) == pytest.approx(1 - change, rel=1e-6)


def test_updates_are_made_at_the_rate_of_their_step_and_return_it() -> None:
    problem, optimizer = Problem(), SGD(Rate(LinearSchedule(0.1, 3, end_factor=0.5), start=0.2))
    optimizer.bind(problem)
    problem.parameters.gradients.flat[...] = 0.5
    assert [optimizer.update() for _ in range(4)] == pytest.approx([0.2, 0.15, 0.1, 0.1])
    assert problem.parameters[0].value[0, 0] == pytest.approx(1 - 0.5 * (0.2 + 0.15 + 0.1 + 0.1))


def test_bad_settings_are_named() -> None:
    with pytest.raises(ValueError, match="learning_rate is -1"):
        SGD(-1)
    with pytest.raises(ValueError, match="momentum is 1"):
        SGD(0.1, momentum=1.0)
    with pytest.raises(ValueError, match="weight_decay is -1"):
        AdamW(weight_decay=-1)
