"""Files of Keras read right: its versions, their orders of axes, names and layers."""

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from numpy.typing import NDArray

from app.reading.contents import Contents, WeightsUnreadable
from app.reading.files import read_weights
from tests.reading.keras_files import (
    counted_h5,
    keras_zip,
    layer,
    named_h5,
    numbers,
    sequential,
)

Array = NDArray[Any]
CONV = numbers(5, 5, 3, 8)
BIAS = numbers(8, seed=1)


def titles(contents: Contents) -> list[str]:
    return [found.described.title for found in contents.layers]


def test_a_keras_file_is_read_by_its_description_as_watch_would_tell_of_it(
    tmp_path: Path,
) -> None:
    depthwise, up, dense = numbers(3, 3, 8, 2), numbers(2, 2, 5, 16), numbers(5, 4)
    config = sequential(
        layer("InputLayer", "in", batch_shape=[None, 32, 32, 3]),
        layer(
            *("Conv2D", "stem"),
            strides=[2, 2],
            padding="same",
            dilation_rate=[1, 1],
            groups=1,
            activation="relu",
            use_bias=True,
        ),
        layer("DepthwiseConv2D", "dw", strides=[1, 1], padding="valid", use_bias=False),
        layer("Conv2DTranspose", "up", strides=[2, 2], activation="linear", use_bias=False),
        layer("Dense", "out", activation="softmax", use_bias=False),
    )
    weights = counted_h5(
        {
            "layers/conv2d": [CONV, BIAS],
            "layers/depthwise_conv2d": [depthwise],
            "layers/conv2d_transpose": [up],
            "layers/dense": [dense],
        }
    )
    read = read_weights(keras_zip(tmp_path / "a.pt", config, weights))
    assert (read.format, read.framework, read.notes) == ("keras", "Keras 3.15.1", ())
    assert read.input_shape == (32, 32, 3)
    stem, dw, transposed, out = (found.described for found in read.layers)
    assert (stem.title, stem.kind, stem.shape) == ("stem", "conv2d", (5, 5, 3, 8))
    assert (stem.strides, stem.padding, stem.dilation) == ((2, 2), "same", (1, 1))
    assert (stem.activation, stem.bias, stem.groups) == ("relu", True, 1)
    assert (dw.kind, dw.shape, dw.groups) == ("depthwise_conv2d", (3, 3, 8, 2), 8)
    assert (transposed.kind, transposed.shape) == ("conv2d_transpose", (2, 2, 16, 5))
    assert (out.kind, out.shape, out.bias) == ("dense", (5, 4), False)
    expected = [CONV, depthwise, up.swapaxes(-1, -2), dense]
    for found, kernel in zip(read.layers, expected, strict=True):
        assert np.array_equal(found.kernel(), kernel)
        assert found.kernel().dtype == np.float32
    bias = read.layers[0].bias
    assert bias is not None
    assert np.array_equal(bias(), BIAS)


def test_an_hdf5_file_that_is_none_of_keras_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "data.h5"
    path.write_bytes(counted_h5({}))
    with pytest.raises(WeightsUnreadable, match=r"no layers of Keras in this HDF5 file; save"):
        read_weights(path)


def test_the_order_is_that_of_the_description_not_of_the_names(tmp_path: Path) -> None:
    kernels = {f"conv2d_{number}": numbers(3, 3, 4, 4, seed=number) for number in range(12)}
    order = [11, 2, 10, 3, 0, 1, 4, 5, 6, 7, 8, 9]
    config = sequential(*(layer("Conv2D", f"conv2d_{number}") for number in order))
    layers = {name: {f"{name}/kernel:0": kernel} for name, kernel in kernels.items()}
    read = read_weights(named_h5(tmp_path / "a.h5", layers, config))
    assert titles(read) == [f"conv2d_{number}" for number in order]
    for found in read.layers:
        assert np.array_equal(found.kernel(), kernels[found.described.title])


def named(
    tmp_path: Path, kernel: Array, config: Any = None, *, name: str = "conv1", **written: Any
) -> Contents:
    """Reads a file of Keras 1 or 2 with one layer."""
    arrays = {f"{name}_W": kernel, f"{name}_b": BIAS}
    return read_weights(named_h5(tmp_path / "a.h5", {name: arrays}, config, **written))


@pytest.mark.parametrize(
    ("ordering", "backend", "is_turned"),
    [("tf", "tensorflow", False), ("th", "theano", True), ("tf", "theano", True)],
)
def test_keras_1_is_read_by_its_ordering_and_turned_back_where_theano_wrote_it(
    ordering: str, backend: str, is_turned: bool, tmp_path: Path
) -> None:
    settings = {"dim_ordering": ordering, "nb_filter": 8, "subsample": [2, 1], "bias": True}
    said = layer("Convolution2D", "conv1", border_mode="same", activation="relu", **settings)
    kernel = CONV[::-1, ::-1] if is_turned else CONV
    kernel = kernel.transpose(3, 2, 0, 1) if ordering == "th" else kernel
    config = {"class_name": "Sequential", "config": [said]}
    read = named(tmp_path, kernel, config, version="1.2.2", backend=backend)
    (found,) = read.layers
    assert np.array_equal(found.kernel(), CONV)
    told = found.described
    assert (told.title, told.kind, told.shape) == ("conv1", "conv2d", (5, 5, 3, 8))
    assert (told.strides, told.padding, told.activation) == ((2, 1), "same", "relu")
    assert read.framework == "Keras 1.2.2"
    assert any("Theano" in note for note in read.notes) is is_turned


def test_theanos_kernels_are_turned_in_keras_2_too(tmp_path: Path) -> None:
    config = sequential(layer("Conv2D", "conv1", data_format="channels_first"))
    read = named(tmp_path, CONV[::-1, ::-1], config, backend="theano")
    assert np.array_equal(read.layers[0].kernel(), CONV)


@pytest.mark.parametrize("backend", [None, "plaidml.keras.backend"])
def test_where_the_backend_isnt_known_kernels_stay_and_a_note_says_so(
    backend: str | None, tmp_path: Path
) -> None:
    read = named(tmp_path, CONV, sequential(layer("Conv2D", "conv1")), backend=backend)
    assert np.array_equal(read.layers[0].kernel(), CONV)
    (note,) = read.notes
    assert "Theano" in note
    assert "can't be told" in note


def test_weights_of_keras_1_without_a_description_are_read_by_name_and_shape(
    tmp_path: Path,
) -> None:
    read = named(tmp_path, CONV.transpose(3, 2, 0, 1), version=None, name="convolution2d_1")
    (found,) = read.layers
    assert np.array_equal(found.kernel(), CONV)
    assert found.described.title == "convolution2d_1"
    assert found.bias is not None
    assert read.framework == "Keras 1"


def test_a_transposed_kernel_of_keras_1_lies_in_before_out(tmp_path: Path) -> None:
    config = sequential(layer("Deconvolution2D", "conv1", dim_ordering="tf", nb_filter=8))
    (found,) = named(tmp_path, CONV, config, version="1.0.0").layers
    assert found.described.kind == "conv2d_transpose"
    assert np.array_equal(found.kernel(), CONV)


def test_a_line_of_keras_1_is_an_image_one_pixel_wide(tmp_path: Path) -> None:
    config = sequential(layer("Convolution1D", "conv1", nb_filter=8, filter_length=5))
    (found,) = named(tmp_path, CONV[:, :1], config, version="1.1.0").layers
    assert found.described.kind == "conv1d"
    assert np.array_equal(found.kernel(), CONV[:, 0])


def test_names_of_layers_may_be_split_over_attributes(tmp_path: Path) -> None:
    layers = {f"c{n}": {f"c{n}/kernel:0": numbers(3, 3, 3, 2, seed=n)} for n in range(30)}
    config = sequential(*(layer("Conv2D", name) for name in layers))
    read = read_weights(named_h5(tmp_path / "a.h5", layers, config, parts=7))
    assert titles(read) == list(layers)


def test_layers_of_models_in_models_are_found_under_their_titles(tmp_path: Path) -> None:
    first, second, third = (numbers(3, 3, 3, 3, seed=seed) for seed in range(3))
    inner = {
        name: {
            "class_name": "Functional",
            "config": {"name": name, "layers": [layer("Conv2D", "conv"), layer("Conv2D", "more")]},
        }
        for name in ("left", "right")
    }
    config = sequential(inner["right"], inner["left"])
    weights = counted_h5(
        {
            "layers/functional/layers/conv2d": [first],
            "layers/functional_1/layers/conv2d": [second],
            "layers/functional_1/layers/conv2d_1": [third],
        }
    )
    read = read_weights(keras_zip(tmp_path / "a.keras", config, weights))
    assert titles(read) == ["right/conv", "left/conv", "left/more"]
    for found, kernel in zip(read.layers, (first, second, third), strict=True):
        assert np.array_equal(found.kernel(), kernel)


def test_a_model_in_the_model_of_keras_2_has_all_its_arrays_in_one_list(tmp_path: Path) -> None:
    first, second = numbers(3, 3, 3, 4), numbers(3, 3, 4, 2)
    config = sequential(sequential(layer("Conv2D", "a"), layer("Conv2D", "b"), name="inner"))
    arrays = {"a/kernel:0": first, "a/bias:0": numbers(4), "b/kernel:0": second}
    read = read_weights(named_h5(tmp_path / "a.h5", {"inner": arrays}, config))
    assert titles(read) == ["inner/a", "inner/b"]
    assert np.array_equal(read.layers[1].kernel(), second)
    assert [found.bias is not None for found in read.layers] == [True, False]


def test_a_number_that_tensorflow_adds_to_a_name_is_seen_through(tmp_path: Path) -> None:
    layers = {"stem": {"stem_1/kernel:0": CONV, "stem_1/bias:0": BIAS}}
    config = sequential(layer("Conv2D", "stem", activation="relu"))
    (found,) = read_weights(named_h5(tmp_path / "a.h5", layers, config)).layers
    assert (found.described.title, found.described.activation) == ("stem", "relu")


def test_without_a_description_layers_come_as_people_count_and_the_one_for_images_first(
    tmp_path: Path,
) -> None:
    kernels = {f"layers/conv2d_{n}": [numbers(3, 3, 8, 8, seed=n)] for n in (2, 10, 1)}
    path = tmp_path / "a.h5"
    path.write_bytes(counted_h5({**kernels, "layers/conv2d_11": [numbers(3, 3, 3, 8)]}))
    read = read_weights(path)
    assert (read.format, read.framework) == ("keras_weights", None)
    assert titles(read) == ["conv2d_11", "conv2d_1", "conv2d_2", "conv2d_10"]
    assert any("order of layers isn't in this file" in note for note in read.notes)


def test_a_separable_layer_is_a_depthwise_one_and_a_pointwise_one(tmp_path: Path) -> None:
    apart, point = numbers(3, 3, 3, 2), numbers(1, 1, 6, 5)
    config = sequential(
        layer("SeparableConv2D", "s", strides=[2, 2], activation="tanh", use_bias=True)
    )
    weights = counted_h5({"layers/separable_conv2d": [apart, point, numbers(5)]})
    first, second = read_weights(keras_zip(tmp_path / "a.keras", config, weights)).layers
    assert (first.described.title, first.described.kind) == ("s/depthwise", "depthwise_conv2d")
    assert (first.described.activation, first.described.bias) == ("linear", False)
    assert (second.described.title, second.described.strides) == ("s/pointwise", (1, 1))
    assert second.described.bias
    assert np.array_equal(first.kernel(), apart)
    assert np.array_equal(second.kernel(), point)


@pytest.mark.parametrize("dtype", ["f2", "f8", "bfloat16"])
def test_numbers_of_any_width_become_float32_and_what_is_no_number_stays(
    dtype: str, tmp_path: Path
) -> None:
    kernel = CONV.copy()
    kernel.flat[:3] = np.nan, np.inf, -np.inf
    held = (kernel.view("<u4") >> 16).astype("<u2") if dtype == "bfloat16" else kernel.astype(dtype)
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        array = file.create_dataset(
            "layers/conv2d/vars/0", data=held.view("V2") if dtype == "bfloat16" else held
        )
        array.attrs["dtype"] = dtype
    found = read_weights(path).layers[0].kernel()
    wide = (held.astype("<u4") << 16).view("<f4") if dtype == "bfloat16" else held.astype("f4")
    assert np.array_equal(found, wide, equal_nan=True)


def test_quantised_weights_are_left_out_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    whole = np.ones((3, 4), "i1")
    path.write_bytes(counted_h5({"layers/conv2d": [CONV], "layers/dense": [whole, numbers(4)]}))
    read = read_weights(path)
    assert titles(read) == ["conv2d"]
    assert any("whole numbers" in note and "dense" in note for note in read.notes)


def test_a_chain_that_a_recipe_can_say_is_known_with_its_averages(tmp_path: Path) -> None:
    config = sequential(
        layer("InputLayer", "in", batch_shape=[None, 9, 9, 3]),
        layer("Conv2D", "stem", strides=[1, 1], padding="valid", activation="relu"),
        layer(
            *("BatchNormalization", "norm"),
            axis=-1,
            momentum=0.9,
            epsilon=0.01,
            center=True,
            scale=False,
        ),
        layer("Flatten", "flat"),
        layer("Dense", "out", activation="softmax"),
    )
    averages = [numbers(8, seed=seed) for seed in range(3)]
    weights = counted_h5(
        {
            "layers/conv2d": [CONV],
            "layers/batch_normalization": averages,
            "layers/dense": [numbers(200, 4), numbers(4)],
        }
    )
    read = read_weights(keras_zip(tmp_path / "a.keras", config, weights))
    assert read.network is not None
    kinds = [told.type for told in read.network.layers]
    assert kinds == ["conv2d", "batch_normalization", "flatten", "dense"]
    assert [found.described.kind for found in read.layers] == kinds
    norm = read.layers[1].averages
    assert list(norm) == ["beta", "moving_mean", "moving_variance"]
    for read_average, average in zip(norm.values(), averages, strict=True):
        assert np.array_equal(read_average(), average)
    zeros = read.layers[0].bias
    assert zeros is not None
    assert not zeros().any()


def test_what_the_description_says_otherwise_than_the_weights_is_noted(tmp_path: Path) -> None:
    config = sequential(layer("Conv2D", "stem", kernel_size=[3, 3], filters=8))
    read = read_weights(
        keras_zip(tmp_path / "a.keras", config, counted_h5({"layers/conv2d": [CONV]}))
    )
    (note,) = read.notes
    assert "stem" in note
    assert "another kernel" in note


@pytest.mark.parametrize("packed", [False, True])
def test_the_step_is_the_count_of_the_optimiser(packed: bool, tmp_path: Path) -> None:
    weights = counted_h5({"layers/conv2d": [CONV], "optimizer": [np.int64(1234), numbers(3)]})
    config = sequential(layer("Conv2D", "stem"))
    read = read_weights(keras_zip(tmp_path / "a.keras", config, weights, packed=packed))
    assert read.step == 1234
    assert titles(read) == ["stem"]


def test_what_is_listed_or_described_and_isnt_there_is_said(tmp_path: Path) -> None:
    config = sequential(
        layer("Conv2D", "stem", use_bias=True), layer("Conv2D", "lost", use_bias=False)
    )
    read = read_weights(
        keras_zip(tmp_path / "a.keras", config, counted_h5({"layers/conv2d": [CONV]}))
    )
    assert titles(read) == ["stem"]
    assert [note.partition(":")[0] for note in read.notes] == ["stem", "lost"]
    path = named_h5(tmp_path / "a.h5", {"stem": {"stem/kernel:0": CONV}}, config)
    with h5py.File(path, "a") as file:
        del file["model_weights/stem/stem/kernel:0"]
    with pytest.raises(WeightsUnreadable, match=r"listed in it and isn't there"):
        read_weights(path)
