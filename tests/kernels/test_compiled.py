"""Compiled kernels against the equation, against Keras, and against themselves in company."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import settings

from app.engine import SGD, Network, ParallelPlan
from app.engine.convolution import Geometry, choose
from app.engine.convolution.compiled import Compiled
from app.engine.convolution.naive import Naive
from app.engine.convolution.winograd import Winograd
from app.kernels import using
from app.vocabulary.layers import Conv2D, Dense, Flatten, MaxPool2D
from bench.against_keras import MNIST, compare
from tests.engine.test_against_keras import CASES, REFERENCE
from tests.kernels.against_the_equation import agrees, geometries, of_any
from tests.kernels.kinds import every_kind, kind_named

pytestmark = pytest.mark.usefixtures("kernels")

SHAPE = Geometry(12, 12, 3, 20, 5, 1, "same", 2)
WIDE = Geometry(16, 18, 20, 40, 3, 1, "valid", 2)
every_shape = pytest.mark.parametrize(
    "shape", [SHAPE, replace(SHAPE, pool=1), WIDE], ids=lambda s: s.pool
)


@every_kind
@settings(deadline=None, max_examples=30)
@of_any(geometries())
def test_does_what_the_equation_says_to_the_last_bit(
    name: str, geometry: Geometry, images: int, seed: int, relu: bool
) -> None:
    agrees(geometry, images, seed, relu)


@every_kind
@every_shape
def test_writes_its_arrays_and_nothing_beside_them(name: str, shape: Geometry) -> None:
    random = np.random.default_rng(0)
    shapes = [
        (2, *shape.output_shape),
        shape.kernel_shape,
        (shape.filters,),
        (2, *shape.input_shape),
    ]
    rooms = [np.full(np.prod(shape) + 64, 7, np.float32) for shape in shapes]
    outputs, *wanted = (
        room[32:-32].reshape(shape) for room, shape in zip(rooms, shapes, strict=True)
    )
    kernel, inputs = (random.random(shape, np.float32) for shape in (shapes[1], shapes[3]))
    convolution = Compiled(shape, 2, np.float32)
    convolution.forward(inputs, kernel, np.zeros(shape.filters, np.float32), outputs)
    convolution.backward(outputs.copy(), kernel, *wanted)
    for room in rooms:
        assert (room[:32] == 7).all()
        assert (room[-32:] == 7).all()
        assert not (room[32:-32] == 7).any()


@every_kind
@every_shape
@pytest.mark.parametrize("relu", [False, True])
def test_what_is_not_a_number_is_not_lost_among_numbers(
    name: str, shape: Geometry, relu: bool
) -> None:
    inputs = np.ones((1, *shape.input_shape), np.float32)
    inputs[0, 5, 5, 1] = np.nan
    kernel, bias = np.ones(shape.kernel_shape, np.float32), np.zeros(shape.filters, np.float32)
    outputs = np.zeros((2, 1, *shape.output_shape), np.float32)
    for algorithm, into in zip((Compiled, Naive), outputs, strict=True):
        convolution = algorithm(shape, 1, np.float32)
        assert not relu or convolution.take_relu() is (algorithm is Compiled)
        convolution.forward(inputs, kernel, bias, into)
    ours, theirs = np.isnan(outputs)
    assert theirs.any()
    assert ours[theirs].all()  # Winograd's reach all of a tile
    assert not ours.all()


OTHERS = [lambda array: array[..., :-1].copy(), lambda array: array.astype(np.uint8)]


@every_kind
@pytest.mark.parametrize("other", OTHERS, ids=["shape", "dtype"])
def test_no_array_is_read_or_written_that_is_another_than_was_said(
    name: str, other: Callable[[np.ndarray], np.ndarray]
) -> None:
    shapes = (2, *SHAPE.input_shape), SHAPE.kernel_shape, (SHAPE.filters,), (2, *SHAPE.output_shape)
    inputs, kernel, bias, outputs = forward = [np.ones(shape, np.float32) for shape in shapes]
    backward = [outputs, kernel, np.ones_like(kernel), np.ones_like(bias), np.ones_like(inputs)]
    convolution = Compiled(SHAPE, 2, np.float32)
    for call, arrays in ((convolution.forward, forward), (convolution.backward, backward)):
        for number, array in enumerate(arrays):
            with pytest.raises(ValueError, match=r"isn't|not uint8"):
                call(*arrays[:number], other(array), *arrays[number + 1 :])
        call(*arrays)


@every_kind
def test_trains_as_keras_does(name: str) -> None:
    with np.load(MNIST) as mnist:
        images = mnist["x_train"]
    trained = [CASES["train/momentum"], CASES["train/adadelta"]]
    reference = {**REFERENCE, "cases": np.frombuffer(json.dumps(trained).encode(), np.uint8)}
    for comparison in compare(reference, images):
        assert comparison.error <= comparison.limit, comparison


@every_kind
@pytest.mark.usefixtures("every_batch_is_shared")
def test_bytes_are_the_same_whoever_works(name: str) -> None:
    plans = [ParallelPlan(1), ParallelPlan(2), ParallelPlan(3)]
    if sys.platform == "linux":
        plans += [ParallelPlan(2, forks=True), ParallelPlan(3, forks=True)]
    assert len({_trained(plan) for plan in plans}) == 1


def _trained(plan: ParallelPlan) -> bytes:
    random = np.random.default_rng(0)
    images = random.standard_normal((10, 14, 14, 2)).astype(np.float32)
    labels = random.integers(0, 4, 10)
    layers = [Conv2D(18, 3, activation="relu"), MaxPool2D(), Conv2D(6, 3), MaxPool2D()]
    layers += [Conv2D(20, 2, padding="same", activation="relu"), Flatten()]
    network = Network([*layers, Dense(4)], (14, 14, 2), random, 10, plan=plan)
    optimizer = SGD(0.05, momentum=0.9)
    optimizer.bind(network)
    for _ in range(6):
        network.loss_and_gradients(images, labels)
        optimizer.update()
    return network.parameters.values.flat.tobytes() + network.predict(images).tobytes()


@every_kind
def test_is_chosen_in_single_precision_alone_unless_winograd_is_faster(name: str) -> None:
    assert choose(SHAPE, 8) is Compiled
    assert choose(SHAPE, 8, np.float64) is not Compiled
    many = Geometry(26, 26, 64, 64, 3, 1, "valid")
    assert choose(many, 8) is Winograd
    assert choose(replace(many, channels=32), 8) is Compiled
    assert choose(replace(many, pool=2), 8) is Compiled
    with using(None):
        assert choose(SHAPE, 8) is not Compiled
        with pytest.raises(ValueError, match="no kernel was compiled"):
            Compiled(SHAPE, 1, np.float32)


@every_kind
def test_an_array_with_gaps_is_refused(name: str) -> None:
    convolution = Compiled(SHAPE, 1, np.float32)
    kernel, bias = np.zeros(SHAPE.kernel_shape, np.float32), np.zeros(SHAPE.filters, np.float32)
    outputs = np.zeros((1, *SHAPE.output_shape), np.float32)
    inputs = np.zeros((1, *SHAPE.input_shape, 2), np.float32)[..., 0]
    with pytest.raises(ValueError, match="contiguous"):
        convolution.forward(inputs, kernel, bias, outputs)
    with pytest.raises(ValueError, match="not float64"):
        convolution.forward(np.ascontiguousarray(inputs), kernel.astype(float), bias, outputs)


@every_kind
def test_a_gradient_that_pooling_cut_out_of_a_padded_one_is_taken(name: str) -> None:
    learned = []
    for kind in (kind_named(name), None):
        random = np.random.default_rng(1)
        layers = [Conv2D(4, 3), MaxPool2D(), MaxPool2D(2, padding="same"), Flatten(), Dense(3)]
        with using(kind):
            network = Network(layers, (12, 12, 2), random, 2)
        images = random.standard_normal((2, 12, 12, 2), np.float32)
        network.loss_and_gradients(images, np.array([0, 2]))
        learned.append(network.parameters.gradients.flat.copy())
    np.testing.assert_allclose(*learned, rtol=1e-4, atol=1e-6)
