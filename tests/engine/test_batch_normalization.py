"""A network that normalises: the whole batch together, and moving averages that nobody learns."""

from collections.abc import Callable

import numpy as np
import pytest

from app.engine import AdamW, Network, ParallelPlan
from app.vocabulary.layers import BatchNormalization, Conv2D, Dense, Flatten, Layer, MaxPool2D
from tests.engine.gradients import assert_close, numerical_gradient
from tests.engine.test_parallel import WAYS

SHAPE, BATCH = (9, 8, 2), 10
NAMES = ("batch_normalization1/moving_mean", "batch_normalization1/moving_variance")


def stack() -> list[Layer]:
    return [
        Conv2D(4, 3),
        BatchNormalization(momentum=0.9),
        MaxPool2D(2),
        Flatten(),
        Dense(5),
        BatchNormalization(),
        Dense(3),
    ]


def network(plan: ParallelPlan | None = None, dtype: type = np.float32) -> Network:
    return Network(stack(), SHAPE, np.random.default_rng(0), BATCH, dtype, plan)


def batch(dtype: type = np.float32) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    return random.normal(2, 3, (BATCH, *SHAPE)).astype(dtype), random.integers(0, 3, BATCH)


def trained(plan: ParallelPlan | None = None, steps: int = 4) -> Network:
    net, (images, labels) = network(plan), batch()
    optimizer = AdamW(0.01)
    optimizer.bind(net)
    for _ in range(steps):
        net.loss_and_gradients(images, labels)
        optimizer.update()
    return net


def test_what_is_not_learned_is_a_weight_and_no_parameter() -> None:
    net = network()
    learned = [parameter.name for parameter in net.parameters]
    assert [name for name in net.weights() if name not in learned] == [*NAMES, *_second(NAMES)]
    assert [name for name in net.weights() if name.startswith("batch_normalization1")] == [
        "batch_normalization1/gamma",
        "batch_normalization1/beta",
        *NAMES,
    ]
    assert set(NAMES) <= net.conv_weights().keys()


def _second(names: tuple[str, ...]) -> list[str]:
    return [name.replace("1/", "2/") for name in names]


def test_the_moving_averages_follow_the_batches_whatever_the_optimiser_does() -> None:
    images, labels = batch()
    net = network()
    before = net.weights()
    net.loss_and_gradients(images, labels)
    kernel, bias = before["conv1/kernel"], before["conv1/bias"]
    windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    answers = np.einsum("nrckij,ijkf->nrcf", windows, kernel) + bias
    expected = [0.1 * answers.mean((0, 1, 2)), 0.9 + 0.1 * answers.var((0, 1, 2))]
    for name, value in zip(NAMES, expected, strict=True):
        np.testing.assert_allclose(net.weights()[name], value, rtol=1e-4, atol=1e-5)


def test_all_gradients_agree_with_differences() -> None:
    net, (images, labels) = network(dtype=np.float64), batch(np.float64)
    net.loss_and_gradients(images, labels)
    analytic = {p.name: p.gradient.copy() for p in net.parameters}
    for parameter in net.parameters:
        numeric = numerical_gradient(
            lambda: net.loss_and_gradients(images, labels)[0], parameter.value
        )
        assert_close(parameter.name, analytic[parameter.name], numeric, 1e-6)


def test_an_image_is_answered_to_alike_whichever_images_are_beside_it() -> None:
    net, (images, _) = trained(), batch()
    together = net.predict(images)
    alone = np.concatenate([net.predict(image[None]) for image in images])
    np.testing.assert_allclose(alone, together, rtol=1e-4, atol=1e-5)


@pytest.mark.usefixtures("every_batch_is_shared")
@pytest.mark.parametrize("plan", WAYS)
def test_the_bytes_are_the_same_whoever_works(plan: ParallelPlan) -> None:
    alone, shared = trained(), trained(plan)
    for name, array in alone.weights().items():
        assert array.tobytes() == shared.weights()[name].tobytes(), name
    images = np.random.default_rng(5).normal(2, 3, (37, *SHAPE)).astype(np.float32)
    assert alone.predict(images).tobytes() == shared.predict(images).tobytes()


@pytest.mark.usefixtures("every_batch_is_shared")
def test_replicas_answer_by_the_newest_moving_averages() -> None:
    net, (images, labels) = network(ParallelPlan(2, forks=True)), batch()
    many = np.tile(images, (4, 1, 1, 1))
    first = net.predict(many)  # forks, where there are forks
    for _ in range(5):
        net.loss_and_gradients(images, labels)
    later = net.predict(many)
    assert np.abs(later - first).max() > 0.01
    for part in np.split(later, 4):
        np.testing.assert_array_equal(part, later[:BATCH])


def test_weights_load_back_with_what_is_not_learned() -> None:
    kept, other = trained().weights(), network()
    other.load_weights(kept)
    images, _ = batch()
    assert other.predict(images).tobytes() == trained().predict(images).tobytes()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda weights: weights.pop(NAMES[0]),
        lambda weights: weights.update({NAMES[1]: np.zeros(9)}),
    ],
    ids=["lacking", "of another shape"],
)
def test_weights_that_do_not_fit_change_nothing(
    spoil: Callable[[dict[str, np.ndarray]], object],
) -> None:
    net, weights = network(), trained().weights()
    before = net.weights()
    spoil(weights)
    with pytest.raises(ValueError, match="moving"):
        net.load_weights(weights)
    for name, array in before.items():
        np.testing.assert_array_equal(net.weights()[name], array)
