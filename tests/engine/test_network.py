"""A whole network: names, gradients, determinism, prediction."""

import numpy as np
import pytest

from app.engine import SGD, Network, ParallelPlan
from app.engine.arrays import Array, DType
from app.engine.convolution import chooser
from app.engine.layers.dense import DensePass
from app.kernels import using
from app.vocabulary.layers import (
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePool2D,
    Layer,
    MaxPool2D,
)
from tests.engine.gradients import assert_close, numerical_gradient

pytestmark = pytest.mark.usefixtures("both_ways")


def small_layers(rate: float = 0.0) -> list[Layer]:
    return [
        Conv2D(4, 3, activation="relu", weight_decay=0.1),
        MaxPool2D(2),
        Conv2D(3, 2, padding="same", activation="tanh"),
        *([Dropout(rate)] if rate else []),
        Flatten(),
        Dense(5, activation="sigmoid", weight_decay=0.2),
        Dense(3),
    ]


def small_network(
    seed: int = 0,
    rate: float = 0.0,
    dtype: DType = np.float32,
    plan: ParallelPlan | None = None,
) -> Network:
    return Network(small_layers(rate), (9, 8, 2), np.random.default_rng(seed), 6, dtype, plan)


def batch(dtype: DType = np.float32) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(11)
    return random.standard_normal((6, 9, 8, 2)).astype(dtype), random.integers(0, 3, 6)


def test_layers_are_numbered_by_kind_in_order() -> None:
    assert [parameter.name for parameter in small_network().parameters] == [
        "conv1/kernel",
        "conv1/bias",
        "conv2/kernel",
        "conv2/bias",
        "dense1/kernel",
        "dense1/bias",
        "dense2/kernel",
        "dense2/bias",
    ]
    assert list(small_network().conv_weights()) == [
        "conv1/kernel",
        "conv1/bias",
        "conv2/kernel",
        "conv2/bias",
    ]


def test_an_optimiser_moves_each_conv_kernel_against_its_gradient() -> None:
    network, (images, labels) = small_network(), batch()
    optimizer = SGD(0.1)
    optimizer.bind(network)
    assert network.conv_kernels == ("conv1/kernel", "conv2/kernel")
    before = network.weights()
    network.loss_and_gradients(images, labels)
    optimizer.update()
    for name in network.conv_kernels:
        gradient = network.parameters.gradients.views[name]
        assert np.abs(gradient).max() > 0
        change = network.weights()[name] - before[name]
        np.testing.assert_allclose(change, -0.1 * gradient, atol=1e-6)


def test_all_gradients_agree_with_differences() -> None:
    network, (images, labels) = small_network(dtype=np.float64), batch(np.float64)
    network.loss_and_gradients(images, labels)
    analytic = {p.name: p.gradient - p.weight_decay * p.value for p in network.parameters}

    def loss() -> float:
        return network.loss_and_gradients(images, labels)[0]

    for parameter in network.parameters:
        numeric = numerical_gradient(loss, parameter.value)
        assert_close(parameter.name, analytic[parameter.name], numeric)


def test_weight_decay_adds_lambda_times_the_kernel_and_leaves_biases_alone() -> None:
    images, labels = batch()
    plain = Network([Conv2D(2, 3), Flatten(), Dense(3)], (9, 8, 2), np.random.default_rng(0), 6)
    decaying = Network(
        [Conv2D(2, 3, weight_decay=0.5), Flatten(), Dense(3)],
        (9, 8, 2),
        np.random.default_rng(0),
        6,
    )
    assert plain.loss_and_gradients(images, labels) == decaying.loss_and_gradients(images, labels)
    for one, other in zip(plain.parameters, decaying.parameters, strict=True):
        extra = 0.5 * one.value if one.name == "conv1/kernel" else 0.0
        np.testing.assert_allclose(other.gradient, one.gradient + extra, rtol=1e-6)


def test_the_same_seeds_give_the_same_bytes() -> None:
    def train() -> bytes:
        network, (images, labels) = small_network(rate=0.3), batch()
        optimizer, generator = SGD(0.1, momentum=0.9), np.random.default_rng(5)
        optimizer.bind(network)
        for _ in range(4):
            network.loss_and_gradients(images, labels, generator)
            optimizer.update()
        return b"".join(array.tobytes() for array in network.weights().values())

    assert train() == train()


def test_dropout_changes_training_but_not_prediction() -> None:
    network, (images, labels) = small_network(rate=0.5), batch()
    generator = np.random.default_rng(1)
    losses = {network.loss_and_gradients(images, labels, generator)[0] for _ in range(3)}
    assert len(losses) == 3
    np.testing.assert_array_equal(network.predict(images), network.predict(images))


def test_a_network_with_dropout_asks_for_its_generator() -> None:
    network, (images, labels) = small_network(rate=0.5), batch()
    with pytest.raises(ValueError, match="dropout_generator"):
        network.loss_and_gradients(images, labels)


@pytest.mark.parametrize("count", [0, 1, 6, 17])
def test_any_number_of_images_can_be_predicted(count: int) -> None:
    network = small_network()
    images = np.random.default_rng(0).standard_normal((17, 9, 8, 2)).astype(np.float32)
    logits = network.predict(images[:count])
    assert logits.shape == (count, 3)
    np.testing.assert_allclose(logits, network.predict(images)[:count], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("batch_size", "named"), [(1, 32), (20, 32), (50, 50), (128, 64)])
def test_many_are_named_at_once_where_few_are_learnt_from(
    monkeypatch: pytest.MonkeyPatch, batch_size: int, named: int
) -> None:
    assert set(_named(monkeypatch, batch_size, 70, (9, 8, 2))) == {named}


def test_no_more_large_images_are_named_at_once_than_are_learnt_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _named(monkeypatch, 2, 3, (400, 400, 1)) == [2, 2]


def _named(
    monkeypatch: pytest.MonkeyPatch, batch_size: int, images: int, shape: tuple[int, int, int]
) -> list[int]:
    """Returns how many images are named in each call of a layer."""
    calls: list[int] = []
    forward = DensePass.forward

    def counted(layer: DensePass, inputs: Array, training: bool) -> Array:
        calls.append(len(inputs))
        return forward(layer, inputs, training)

    monkeypatch.setattr(DensePass, "forward", counted)
    network = Network([Flatten(), Dense(3)], shape, np.random.default_rng(0), batch_size)
    network.predict(np.ones((images, *shape), np.float32))
    return calls


def test_naming_in_between_changes_nothing_that_is_learnt() -> None:
    images, labels = batch()
    plain, asked = small_network(), small_network()
    for _ in range(2):
        of_plain = plain.loss_and_gradients(images, labels)
        asked.predict(images)
        assert asked.loss_and_gradients(images, labels) == of_plain
    assert (plain.parameters.gradients.flat == asked.parameters.gradients.flat).all()


def test_weights_are_copies_and_load_back() -> None:
    network, other = small_network(0), small_network(1)
    kept = network.weights()
    network.load_weights(other.weights())
    for name, values in other.weights().items():
        np.testing.assert_array_equal(network.weights()[name], values)
    assert any((kept[name] != values).any() for name, values in other.weights().items())


def test_weights_of_another_network_are_refused() -> None:
    network = small_network()
    incomplete = network.weights()
    del incomplete["dense2/kernel"]
    with pytest.raises(ValueError, match=r"lack \['dense2/kernel'\]"):
        network.load_weights(incomplete)
    with pytest.raises(ValueError, match="conv1/bias"):
        network.load_weights({**network.weights(), "conv1/bias": np.zeros(9, np.float32)})


def test_batches_of_another_shape_are_refused() -> None:
    network, (images, labels) = small_network(), batch()
    with pytest.raises(ValueError, match="images have shape"):
        network.loss_and_gradients(images[:3], labels[:3])
    with pytest.raises(ValueError, match="labels have shape"):
        network.loss_and_gradients(images, labels[:3])


def test_a_network_must_end_in_one_vector_an_image() -> None:
    with pytest.raises(ValueError, match="not one logit a class"):
        Network([Conv2D(2, 3)], (5, 5, 1), np.random.default_rng(0), 2)
    with pytest.raises(ValueError, match="at least one layer"):
        Network([], (5, 5, 1), np.random.default_rng(0), 2)


def test_training_learns_which_half_is_bright() -> None:
    random = np.random.default_rng(0)
    images = random.uniform(0, 0.3, (32, 8, 8, 1)).astype(np.float32)
    labels = random.integers(0, 2, 32)
    images[labels == 0, :, :4] += 0.7
    images[labels == 1, :, 4:] += 0.7
    layers = [Conv2D(4, 3, activation="relu"), Flatten(), Dense(2)]
    network = Network(layers, (8, 8, 1), random, 32)
    optimizer = SGD(0.1)
    optimizer.bind(network)
    for _ in range(30):
        network.loss_and_gradients(images, labels)
        optimizer.update()
    loss, correct = network.loss_and_gradients(images, labels)
    assert (correct, loss < 0.1) == (32, True)


def test_twelve_steps_with_winograd_are_those_without(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    images = random.standard_normal((32, 16, 16, 1)).astype(np.float32)
    labels = random.integers(0, 5, 32)

    def losses() -> list[float]:
        layers = [
            Conv2D(16, 3, activation="relu"),
            Conv2D(16, 3, activation="relu"),
            MaxPool2D(),
            Flatten(),
            Dense(5),
        ]
        network = Network(layers, (16, 16, 1), np.random.default_rng(0), 32)
        optimizer = SGD(0.05, momentum=0.9)
        optimizer.bind(network)
        told = []
        for _ in range(12):
            told.append(network.loss_and_gradients(images, labels)[0])
            optimizer.update()
        return told

    with using(None):  # compiled kernels would take its place
        with_winograd = losses()
        monkeypatch.setattr(chooser, "_LEAST_TILES", 10**9)
        without = losses()
    assert with_winograd != without
    assert with_winograd[-1] < with_winograd[0]
    np.testing.assert_allclose(with_winograd, without, rtol=1e-3)


def test_a_global_average_pool_may_end_a_network() -> None:
    layers = [Conv2D(3, 3), GlobalAveragePool2D()]
    network = Network(layers, (5, 5, 1), np.random.default_rng(0), 2)
    assert network.predict(np.zeros((2, 5, 5, 1), np.float32)).shape == (2, 3)
