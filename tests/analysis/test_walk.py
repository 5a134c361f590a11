import numpy as np
import pytest

from app.analysis.walk import walk
from app.engine import Network
from app.vocabulary.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D

LAYERS = [
    Conv2D(3, 3, activation="relu"),
    MaxPool2D(2),
    Conv2D(4, 2, padding="same"),
    Dropout(0.5),
    Flatten(),
    Dense(5, activation="relu"),
    Dense(2),
]
SHAPE = (9, 8, 2)


@pytest.fixture
def network() -> Network:
    return Network(LAYERS, SHAPE, np.random.default_rng(0), batch_size=1)


def _image() -> np.ndarray:
    return np.random.default_rng(1).standard_normal(SHAPE, dtype=np.float32)


def test_a_walk_ends_at_the_logits_that_the_network_predicts(network: Network) -> None:
    walked = walk(LAYERS, _image(), network.weights())
    assert walked.missing is None
    assert list(walked.outputs) == [
        *("conv1", "max_pool1", "conv2", "dropout1", "flatten1", "dense1", "dense2"),
    ]
    np.testing.assert_allclose(
        walked.outputs["dense2"], network.predict(_image()[None])[0], rtol=1e-5, atol=1e-6
    )


def test_each_layer_gets_what_the_one_before_it_gave(network: Network) -> None:
    walked = walk(LAYERS, _image(), network.weights())
    np.testing.assert_array_equal(walked.inputs["conv1"], _image())
    for before, after in zip(list(walked.outputs), list(walked.inputs)[1:], strict=False):
        np.testing.assert_array_equal(walked.outputs[before], walked.inputs[after])


def test_a_walk_ends_before_the_first_layer_without_weights(network: Network) -> None:
    walked = walk(LAYERS, _image(), network.conv_weights())
    assert walked.missing == "dense1"
    assert list(walked.outputs)[-1] == "flatten1"


def test_maps_are_those_before_pooling(network: Network) -> None:
    walked = walk(LAYERS, _image(), network.weights())
    assert walked.outputs["conv1"].shape == (7, 6, 3)
    assert (walked.outputs["conv1"] >= 0).all()
