"""Files of Keras read right: its versions, their orders of axes, names and layers."""

from pathlib import Path

import numpy as np
import pytest

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
