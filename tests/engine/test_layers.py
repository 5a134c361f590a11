"""The contract that every layer keeps."""

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.layers import Pass, Setting, inference_setting, prepare
from app.vocabulary.layers import AveragePool2D, Conv2D, Dense, Dropout, Layer, MaxPool2D
from tests.engine.cases import LAYER_CASES, LayerCase
from tests.engine.gradients import assert_close, numerical_gradient

IMAGES = 3
every_layer = pytest.mark.parametrize("case", LAYER_CASES, ids=lambda case: case.name)


class Prepared:
    """A layer's pass in float64 with random values, and the memory it was given."""

    def __init__(self, case: LayerCase, input_gradient: bool = True) -> None:
        random = np.random.default_rng(7)
        shape = case.input_shape
        specs = case.layer.parameters(shape)
        self.values = {spec.name: random.standard_normal(spec.shape) for spec in specs}
        self.gradients = {spec.name: np.full(spec.shape, np.nan) for spec in specs}
        self.inputs = random.standard_normal((IMAGES, *case.input_shape))
        self.state = {
            spec.name: random.uniform(0.5, 2, spec.shape) for spec in case.layer.state(shape)
        }
        setting = Setting(
            *(IMAGES, shape, self.values, self.gradients, np.float64, input_gradient),
            state=self.state,
        )
        self.layer_pass: Pass = prepare(case.layer, setting)
        self.layer_pass.draw(np.random.default_rng(3))
        output_shape = (IMAGES, *case.layer.output_shape(case.input_shape))
        self.weights = random.standard_normal(output_shape)

    def loss(self) -> float:
        return float((self.layer_pass.forward(self.inputs, training=True) * self.weights).sum())

    def backward(self) -> NDArray[np.floating] | None:
        self.layer_pass.forward(self.inputs, training=True)
        return self.layer_pass.backward(self.weights.copy())


@every_layer
def test_gradients_of_inputs_agree_with_differences(case: LayerCase) -> None:
    prepared = Prepared(case)
    gradient = prepared.backward()
    assert gradient is not None
    analytic = gradient.copy()
    numeric = numerical_gradient(prepared.loss, prepared.inputs)
    assert_close(f"{case.name}: inputs", analytic, numeric)


@every_layer
def test_gradients_of_parameters_agree_with_differences(case: LayerCase) -> None:
    prepared = Prepared(case)
    prepared.backward()
    for name, values in prepared.values.items():
        analytic = prepared.gradients[name].copy()
        numeric = numerical_gradient(prepared.loss, values)
        assert_close(f"{case.name}: {name}", analytic, numeric)


@every_layer
def test_outputs_have_the_shape_that_was_promised(case: LayerCase) -> None:
    prepared = Prepared(case)
    outputs = prepared.layer_pass.forward(prepared.inputs, training=False)
    assert outputs.shape == (IMAGES, *case.layer.output_shape(case.input_shape))
    assert outputs.dtype == np.float64


@every_layer
def test_a_second_pass_gives_the_same_bytes(case: LayerCase) -> None:
    prepared = Prepared(case)
    first = prepared.layer_pass.forward(prepared.inputs, training=True).tobytes()
    first_gradient = prepared.backward()
    assert first_gradient is not None
    kept = first_gradient.tobytes()
    again = prepared.layer_pass.forward(prepared.inputs, training=True).tobytes()
    second_gradient = prepared.backward()
    assert second_gradient is not None
    assert (again, second_gradient.tobytes()) == (first, kept)


@every_layer
def test_inputs_are_left_as_they_were(case: LayerCase) -> None:
    prepared = Prepared(case)
    before = prepared.inputs.copy()
    prepared.backward()
    np.testing.assert_array_equal(prepared.inputs, before)


@every_layer
def test_only_training_changes_what_is_not_learned(case: LayerCase) -> None:
    prepared = Prepared(case)
    before = {name: array.copy() for name, array in prepared.state.items()}
    prepared.layer_pass.forward(prepared.inputs, training=False)
    for name, array in prepared.state.items():
        np.testing.assert_array_equal(array, before[name])
    prepared.layer_pass.forward(prepared.inputs, training=True)
    for name, array in prepared.state.items():
        assert (array != before[name]).all()


@every_layer
def test_images_are_answered_to_one_by_one_as_all_together(case: LayerCase) -> None:
    prepared = Prepared(case)
    together = prepared.layer_pass.forward(prepared.inputs, training=False).copy()
    weights = prepared.values | prepared.state
    alone = prepare(case.layer, inference_setting(case.layer, case.input_shape, weights, images=1))
    for image, expected in zip(prepared.inputs, together, strict=True):
        answer = alone.forward(image[None].astype(np.float32), training=False)
        np.testing.assert_allclose(answer[0], expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("layer", [Conv2D(2, 3), Dense(3)], ids=["conv", "dense"])
def test_a_first_layer_computes_no_gradient_of_its_inputs(layer: Layer) -> None:
    shape: tuple[int, ...] = (5, 5, 1) if isinstance(layer, Conv2D) else (4,)
    assert Prepared(LayerCase("first", layer, shape), input_gradient=False).backward() is None


def test_of_equal_maxima_the_first_gets_the_gradient() -> None:
    prepared = Prepared(LayerCase("ties", MaxPool2D(2), (2, 2, 1)))
    prepared.inputs[...] = 1.0
    prepared.weights[...] = 5.0
    gradient = prepared.backward()
    assert gradient is not None
    np.testing.assert_array_equal(gradient[0, :, :, 0], [[5, 0], [0, 0]])


def test_same_average_pooling_does_not_count_its_padding() -> None:
    prepared = Prepared(LayerCase("ones", AveragePool2D(3, 2, "same"), (4, 4, 1)))
    prepared.inputs[...] = 1.0
    np.testing.assert_allclose(prepared.layer_pass.forward(prepared.inputs, training=False), 1)


@pytest.mark.parametrize("rate", [0.25, 0.5, 0.1])
def test_dropout_zeroes_its_share_and_scales_up_the_rest(rate: float) -> None:
    layer_pass = prepare(Dropout(rate), Setting(40, (500,), {}, {}, np.float32, True))
    layer_pass.draw(np.random.default_rng(0))
    inputs = np.ones((40, 500), np.float32)
    outputs = layer_pass.forward(inputs, training=True)
    assert (outputs == 0).mean() == pytest.approx(rate, abs=0.015)
    np.testing.assert_allclose(outputs[outputs != 0], 1 / (1 - rate), rtol=1e-6)
    assert layer_pass.forward(inputs, training=False) is inputs


@pytest.mark.parametrize("rate", [-0.1, 1.0, float("nan")])
def test_a_dropout_rate_out_of_range_is_named(rate: float) -> None:
    with pytest.raises(ValueError, match="rate is"):
        Dropout(rate)


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (Conv2D(1, 7), (5, 9, 1), "window of 7 does not fit into a length of 5"),
        (Conv2D(1, 3), (9,), "needs images"),
        (MaxPool2D(4), (3, 3, 1), "window of 4"),
        (Dense(2), (3, 3, 1), "place Flatten"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(
    layer: Layer, shape: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        layer.output_shape(shape)


def test_sizes_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="filters is 0; it must be at least 1"):
        Conv2D(0, 3)
    with pytest.raises(ValueError, match="strides is 0"):
        Conv2D(1, 3, 0)
    with pytest.raises(ValueError, match="units is 0"):
        Dense(0)


def test_unknown_names_are_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="activation is 'swish'; choose one of linear, relu"):
        Dense(1, activation="swish")
    with pytest.raises(ValueError, match="initializer is 'xavier'; choose one of glorot_uniform"):
        Conv2D(1, 3, kernel_initializer="xavier")
