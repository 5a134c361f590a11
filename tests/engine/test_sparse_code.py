"""The sparse code: its loss by naive loops, its gradient by differences, its filters' length."""

import math

import numpy as np
import pytest

from app.engine import Adam, SparseCoder
from app.engine.arrays import DType
from tests.engine.gradients import assert_close, numerical_gradient


def coder(sparsity: float = 0.4, dtype: DType = np.float64) -> SparseCoder:
    made = SparseCoder(3, 5, 2, sparsity, np.random.default_rng(1), dtype=dtype)
    made.parameters.values.flat *= 3  # so that no filter has length 1 by itself
    return made


def windows(count: int = 7, dtype: DType = np.float64) -> np.ndarray:
    return np.random.default_rng(2).standard_normal((count, 3, 3, 2)).astype(dtype)


def naive_loss(kernel: np.ndarray, window: np.ndarray, sparsity: float) -> float:
    """‖Ŵᵀh̃ − p‖² + λ·Σ|h̃| of one window, one number at a time."""
    rebuilt, price = np.zeros(window.shape), 0.0
    for number in range(kernel.shape[-1]):
        filter_ = kernel[..., number]
        length = math.sqrt(sum(weight**2 for weight in filter_.flat))
        answer = sum(w * p for w, p in zip(filter_.flat, window.flat, strict=True)) / length
        if abs(answer) <= sparsity:
            continue
        code = answer - math.copysign(sparsity, answer)
        price += sparsity * abs(code)
        for place in np.ndindex(window.shape):
            rebuilt[place] += code * filter_[place] / length
    return price + math.fsum((a - b) ** 2 for a, b in zip(rebuilt.flat, window.flat, strict=True))


@pytest.mark.parametrize("sparsity", [0.0, 0.4, 1.5])
def test_the_loss_is_that_of_naive_loops(sparsity: float) -> None:
    network, seen = coder(sparsity), windows()
    kernel = network.parameters[0].value
    expected = np.mean([naive_loss(kernel, window, sparsity) for window in seen])
    assert network.loss(seen) == pytest.approx(expected, rel=1e-12)
    assert network.loss_and_gradients(seen) == network.loss(seen)


@pytest.mark.parametrize("sparsity", [0.0, 0.4, 1.5])
def test_the_gradient_agrees_with_differences_through_the_normalisation(sparsity: float) -> None:
    network, seen = coder(sparsity), windows()
    network.loss_and_gradients(seen)
    (kernel,) = network.parameters
    analytic, value = kernel.gradient.astype(float), np.asarray(kernel.value, float)
    assert np.shares_memory(value, network.parameters.values.flat)
    assert np.abs(analytic).max() > 0.01
    numeric = numerical_gradient(lambda: network.loss(seen), value)
    assert_close("conv1/kernel", analytic, numeric)


def test_a_filters_length_changes_neither_loss_nor_what_is_shown() -> None:
    network, longer = coder(), coder()
    longer.parameters.values.flat *= 10
    assert longer.loss(windows()) == pytest.approx(network.loss(windows()))
    shown = network.conv_weights()["conv1/kernel"]
    np.testing.assert_allclose(longer.conv_weights()["conv1/kernel"], shown)
    np.testing.assert_allclose(np.square(shown).sum(axis=(0, 1, 2)), 1)


def test_a_window_that_is_one_filter_is_coded_by_its_strength_less_the_threshold() -> None:
    network = SparseCoder(2, 1, 1, 1.0, np.random.default_rng(0), dtype=np.float64)
    network.parameters[0].value[...] = np.array([[5.0, 0.0], [0.0, 0.0]]).reshape(2, 2, 1, 1)
    window = np.array([[4.0, 0.0], [0.0, 0.0]]).reshape(1, 2, 2, 1)
    np.testing.assert_array_equal(network.code(window), [[3.0]])
    assert network.loss(window) == 1.0 + 3.0  # one short of 4, squared, and 1·|3|


def test_a_higher_threshold_leaves_fewer_answers() -> None:
    seen = windows(200)
    shares = [np.mean(coder(sparsity).code(seen) != 0) for sparsity in (0.0, 0.4, 1.5)]
    assert shares[0] == 1 > shares[1] > shares[2] > 0


def test_what_is_shown_has_a_bias_of_nothing_as_other_conv_layers_have_one() -> None:
    weights = coder(dtype=np.float32).weights()
    assert {name: array.shape for name, array in weights.items()} == {
        "conv1/kernel": (3, 3, 2, 5),
        "conv1/bias": (5,),
    }
    assert {array.dtype for array in weights.values()} == {np.dtype(np.float32)}
    assert not weights["conv1/bias"].any()


def test_filters_of_zeros_stay_so_and_break_nothing() -> None:
    network = SparseCoder(3, 5, 2, 1.0, np.random.default_rng(0), "zeros", np.float64)
    assert network.loss_and_gradients(windows()) == pytest.approx(
        np.square(windows()).sum(axis=(1, 2, 3)).mean()
    )
    assert not network.parameters.gradients.flat.any()


def test_windows_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"windows are \(4, 3, 2\), not \(3, 3, 2\)"):
        coder().loss(np.zeros((1, 4, 3, 2)))


def test_a_negative_or_missing_sparsity_is_refused() -> None:
    for sparsity in (-1.0, math.nan):
        with pytest.raises(ValueError, match="sparsity"):
            coder(sparsity)


def test_training_finds_the_two_shapes_that_all_windows_are_made_of() -> None:
    random = np.random.default_rng(3)
    shapes = np.zeros((2, 4, 4, 1))
    shapes[0, :, 1], shapes[1, 2] = 0.5, 0.5
    which, strength = random.integers(0, 2, 400), random.uniform(2, 4, (400, 1, 1, 1))
    seen = (shapes[which] * strength).astype(np.float32)
    network = SparseCoder(4, 2, 1, 0.2, random)
    optimizer = Adam(0.02)
    optimizer.bind(network)
    for _ in range(300):
        network.loss_and_gradients(seen)
        optimizer.update()
    found = network.conv_weights()["conv1/kernel"].reshape(16, 2)
    likeness = np.abs(shapes.reshape(2, 16) @ found)
    np.testing.assert_allclose(np.sort(likeness.max(axis=1)), [1, 1], atol=0.05)
