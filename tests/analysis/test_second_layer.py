"""Receptive fields, expanded weights and top patches, held to what the network really does."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import (
    Trunk,
    cut_patch,
    expanded_weights,
    find_top_patches,
    path_to,
    receptive_field,
)
from app.vocabulary.layers import (
    AveragePool2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
)
from app.vocabulary.layers.naming import named, weight_name

SHAPE = (17, 15, 2)


def _conv(filters: int, size: int, strides: int = 1, padding: str = "valid") -> Conv2D:
    return Conv2D(filters, size, strides=strides, padding=padding)


STACKS = {
    "one layer": [_conv(3, 4, 2)],
    "two layers": [_conv(3, 5, 2), _conv(4, 3)],
    "pool between": [_conv(3, 3), AveragePool2D(2), _conv(4, 3)],
    "overlapping pool": [_conv(2, 3, 2), AveragePool2D(3, strides=1), _conv(4, 2)],
    "pool first": [AveragePool2D(2), _conv(3, 3), Dropout(0.5), _conv(2, 3)],
    "normalised between": [_conv(3, 5, 2), BatchNormalization(), _conv(4, 3)],
    "normalised first": [BatchNormalization(scale=False), _conv(3, 5, 2)],
    "depthwise between": [_conv(3, 5), DepthwiseConv2D(3, 2, depth_multiplier=2), _conv(4, 2)],
    "same": [_conv(3, 5, 2, "same"), _conv(4, 3, 1, "same")],
    "same with even sizes": [_conv(3, 4, 1, "same"), AveragePool2D(2), _conv(4, 2, 2, "same")],
}


@pytest.fixture(params=STACKS.values(), ids=STACKS)
def layers(request: pytest.FixtureRequest) -> list[Layer]:
    found: list[Layer] = request.param
    return found


def _last_name(layers: list[Layer]) -> str:
    return f"conv{sum(isinstance(layer, Conv2D) for layer in layers)}"


def _weights(layers: list[Layer], generator: np.random.Generator) -> dict[str, np.ndarray]:
    """At random, but for what an expansion leaves out: that is zero."""
    weights, shape = {}, SHAPE
    for name, layer in named(layers):
        for spec in layer.weights(shape):
            draw = _DRAWN.get(spec.name, lambda _, shape: np.zeros(shape))
            drawn = draw(generator, spec.shape).astype(np.float32)
            weights[weight_name(name, spec.name)] = drawn
        shape = layer.output_shape(shape)
    return weights


def _positive(generator: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return generator.uniform(0.2, 3, shape)


_DRAWN: dict[str, Callable[..., np.ndarray]] = {
    "kernel": lambda generator, shape: generator.standard_normal(shape),
    "gamma": _positive,
    "moving_variance": _positive,
}


def _images(count: int, generator: np.random.Generator) -> np.ndarray:
    return generator.standard_normal((count, *SHAPE), dtype=np.float32)


def _padded_patch(image: np.ndarray, top: int, left: int, size: int) -> np.ndarray:
    wide = np.pad(image, ((size, size), (size, size), (0, 0)))
    return wide[top + size : top + 2 * size, left + size : left + 2 * size]


def test_a_unit_answers_to_its_receptive_field_and_to_nothing_else(layers: list[Layer]) -> None:
    generator = np.random.default_rng(0)
    path = path_to(layers, _last_name(layers))
    trunk = Trunk(path, SHAPE, _weights(layers, generator), images=2)
    field = receptive_field(path, SHAPE)
    image = _images(1, generator)[0]
    rows, columns = trunk.answers(image[None]).shape[1:3]
    for row, column in [(0, 0), (rows - 1, columns - 1), (rows // 2, columns // 2)]:
        top, left = field.corner(row, column)
        inside = np.zeros(SHAPE[:2], bool)
        inside[max(top, 0) : top + field.size, max(left, 0) : left + field.size] = True
        outside_changed = np.where(inside[..., None], image, -3 * image)
        inside_changed = np.where(inside[..., None], -3 * image, image)
        answers = trunk.answers(np.stack([image, outside_changed]))[:, row, column].copy()
        np.testing.assert_allclose(answers[0], answers[1], rtol=1e-4)
        changed = trunk.answers(inside_changed[None])[0, row, column]
        assert (np.abs(changed - answers[0]) > 1e-3).all()


def test_without_relu_expanded_weights_are_what_the_unit_computes(layers: list[Layer]) -> None:
    generator = np.random.default_rng(1)
    path = path_to(layers, _last_name(layers))
    weights = _weights(layers, generator)
    if any(getattr(layer, "padding", "valid") == "same" for layer in layers):
        # In the middle no window touches the padding.
        place = np.array(Trunk(path, SHAPE, weights, 1).answers(_images(1, generator)).shape) // 2
    else:
        place = np.zeros(4, int)
    row, column = int(place[1]), int(place[2])
    image = _images(1, generator)
    answer = Trunk(path, SHAPE, weights, images=1).answers(image)[0, row, column]
    expanded, field = expanded_weights(path, weights), receptive_field(path, SHAPE)
    assert expanded.shape == (field.size, field.size, SHAPE[2], len(answer))
    patch = _padded_patch(image[0], *field.corner(row, column), field.size)
    np.testing.assert_allclose(np.einsum("ijc,ijcf->f", patch, expanded), answer, rtol=2e-3)


def test_the_first_layers_expanded_weights_are_its_kernels() -> None:
    layers = [_conv(3, 5, 2), _conv(4, 3)]
    weights = _weights(layers, np.random.default_rng(2))
    expanded = expanded_weights(path_to(layers, "conv1"), weights)
    np.testing.assert_array_equal(expanded, weights["conv1/kernel"])


def test_a_max_pooling_counts_as_the_mean_of_its_window() -> None:
    stacks = [[_conv(3, 3), pool(2), _conv(4, 3)] for pool in (MaxPool2D, AveragePool2D)]
    weights = _weights(stacks[0], np.random.default_rng(3))
    first, second = (expanded_weights(path_to(stack, "conv2"), weights) for stack in stacks)
    np.testing.assert_array_equal(first, second)


def test_the_dead_leaves_presets_second_layer_sees_19_pixels_every_4() -> None:
    layers = [_conv(16, 9, 2), MaxPool2D(2), _conv(32, 3)]
    field = receptive_field(path_to(layers, "conv2"), (32, 32, 3))
    assert (field.size, field.stride, field.top, field.left) == (19, 4, 0, 0)


@pytest.mark.parametrize("name", ["conv3", "conv0", "dense1", ""])
def test_a_layer_that_is_no_convolution_is_refused(name: str) -> None:
    layers = [_conv(3, 3), _conv(3, 3), Flatten(), Dense(10)]
    with pytest.raises(ValueError, match="no conv layer"):
        path_to(layers, name)


@settings(deadline=None, max_examples=20)
@given(count=st.integers(1, 5))
def test_a_batch_that_is_not_full_gets_the_same_answers(count: int) -> None:
    layers = [_conv(3, 3), MaxPool2D(2), _conv(4, 3)]
    generator = np.random.default_rng(4)
    trunk = Trunk(path_to(layers, "conv2"), SHAPE, _weights(layers, generator), images=5)
    images = _images(5, generator)
    full = trunk.answers(images).copy()
    np.testing.assert_array_equal(trunk.answers(images[:count]), full[:count])


def test_top_patches_are_the_strongest_answers_in_order_one_of_each_image() -> None:
    generator = np.random.default_rng(5)
    answers = generator.standard_normal((40, 4, 6, 3)).astype(np.float32)
    top = find_top_patches([answers[:25], answers[25:]], patches=9)
    assert top.image.shape == (3, 9)
    for unit in range(3):
        expected = np.sort(answers[..., unit].max(axis=(1, 2)))[::-1][:9]
        np.testing.assert_array_equal(top.activation[unit], expected)
        at = answers[top.image[unit], top.row[unit], top.column[unit], unit]
        np.testing.assert_array_equal(at, expected)
        assert len(set(top.image[unit])) == 9


def test_of_equal_answers_the_first_image_and_the_upper_left_place_win() -> None:
    top = find_top_patches([np.zeros((4, 2, 2, 1), np.float32)], patches=3)
    assert top.image.tolist() == [[0, 1, 2]]
    assert not top.row.any()
    assert not top.column.any()


def test_fewer_images_than_patches_give_fewer_patches() -> None:
    assert find_top_patches([np.ones((2, 3, 3, 5), np.float32)]).image.shape == (5, 2)


def test_no_images_are_an_error() -> None:
    with pytest.raises(ValueError, match="no images"):
        find_top_patches([])


def test_a_patch_is_cut_where_the_unit_looks() -> None:
    image = np.random.default_rng(6).integers(0, 256, (9, 8, 3), dtype=np.uint8)
    layers = [_conv(2, 3, 2)]
    field = receptive_field(path_to(layers, "conv1"), (9, 8, 3))
    np.testing.assert_array_equal(cut_patch(image, field, 2, 1), image[4:7, 2:5])


def test_what_lies_outside_the_image_is_filled() -> None:
    image = np.full((6, 6, 1), 200, np.uint8)
    field = receptive_field(path_to([_conv(2, 5, 1, "same")], "conv1"), (6, 6, 1))
    first, last = cut_patch(image, field, 0, 0), cut_patch(image, field, 5, 5)
    assert (first[:2] == 128).all()
    assert (first[2:, 2:] == 200).all()
    assert (last[3:] == 128).all()
    assert (last[:3, :3] == 200).all()
