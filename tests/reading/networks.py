"""A small network's weights, as PyTorch orders their axes, and what must be read of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.reading.contents import Contents

Array = NDArray[Any]


def random(*shape: int, seed: int = 0) -> Array:
    """Weights of a shape: float32, other ones for each shape."""
    return np.random.default_rng((seed, *shape)).normal(size=shape).astype(np.float32)


def torch_network() -> dict[str, Array]:
    """Two conv layers, a depthwise and a transposed one, and a dense one, as a state dict."""
    return {
        "conv1.weight": random(8, 3, 5, 5),
        "conv1.bias": random(8),
        "bn.weight": random(8, seed=1),
        "bn.bias": random(8, seed=2),
        "bn.running_mean": random(8, seed=3),
        "bn.num_batches_tracked": np.array(7, np.int64),
        "conv2.weight": random(6, 8, 4, 4),
        "conv2.bias": random(6),
        "dw.weight": random(6, 1, 3, 3),
        "dw.bias": random(6, seed=1),
        "up.weight": random(6, 5, 2, 2),
        "up.bias": random(5),
        "out.weight": random(4, 5),
        "out.bias": random(4),
    }


def in_keras_order(tensors: dict[str, Array]) -> dict[str, Array]:
    """The kernels of `torch_network` as they must be read."""
    return {
        "conv1": tensors["conv1.weight"].transpose(2, 3, 1, 0),
        "conv2": tensors["conv2.weight"].transpose(2, 3, 1, 0),
        "dw": tensors["dw.weight"].transpose(2, 3, 0, 1),
        "up": tensors["up.weight"].transpose(2, 3, 0, 1),
        "out": tensors["out.weight"].T,
    }


KINDS = {
    "conv1": "conv2d",
    "conv2": "conv2d",
    "dw": "depthwise_conv2d",
    "up": "conv2d_transpose",
    "out": "dense",
}


def kernels_of(contents: Contents) -> dict[str, Array]:
    """All kernels by their layers' titles; each has the shape that was told of it."""
    found = {}
    for layer in contents.layers:
        kernel = layer.kernel()
        assert kernel.dtype == np.float32
        assert kernel.shape == layer.shape == layer.described.shape
        found[layer.described.title] = kernel
    return found


def kinds_of(contents: Contents) -> dict[str, str]:
    """The kinds of all layers by their titles."""
    return {layer.described.title: layer.described.kind for layer in contents.layers}


def assert_equal(found: dict[str, Array], wanted: dict[str, Array]) -> None:
    """Both have the same layers with the same bits."""
    assert found.keys() == wanted.keys()
    for title, kernel in wanted.items():
        np.testing.assert_array_equal(found[title], kernel, err_msg=title)


def assert_is_the_network(contents: Contents, tensors: dict[str, Array]) -> None:
    """It is `torch_network`, with its kinds, kernels and biases."""
    assert kinds_of(contents) == KINDS
    assert_equal(kernels_of(contents), in_keras_order(tensors))
    for layer in contents.layers:
        assert layer.bias is not None
        np.testing.assert_array_equal(layer.bias(), tensors[f"{layer.described.title}.bias"])
