"""Records what Keras makes of layers: python bench/record_keras.py FILE.npz

Needs Keras 3 and JAX, which nothing else here does. `bench/against_keras.py` holds the engine to
such a file; docs/engine.md describes its layout.
"""

import argparse
import json
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

os.environ["KERAS_BACKEND"] = "jax"

NORMALIZED: dict[str, dict[str, Any]] = {
    "norm0": {"shape": (8, 5, 6, 3), "config": {}},
    "norm1": {"shape": (16, 7), "config": {"momentum": 0.8, "epsilon": 0.01}},
    "norm2": {"shape": (4, 3, 3, 5), "config": {"center": False}},
    "norm3": {"shape": (4, 3, 3, 5), "config": {"scale": False, "momentum": 0.0}},
}
DEPTHWISE: dict[str, dict[str, Any]] = {
    "depthwise0": {"shape": (2, 9, 8, 3), "config": {"kernel_size": 3}},
    "depthwise1": {
        "shape": (2, 7, 10, 4),
        "config": {"kernel_size": 4, "strides": 2, "padding": "same", "depth_multiplier": 2},
    },
    "depthwise2": {
        "shape": (3, 11, 9, 2),
        "config": {"kernel_size": 5, "strides": 3, "depth_multiplier": 3},
    },
}
STEPS = 4


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path, metavar="FILE.npz")
    path = parser.parse_args().file
    random = np.random.default_rng(0)
    cases: list[dict[str, Any]] = []
    arrays: dict[str, Any] = {}
    for name, case in NORMALIZED.items():
        cases.append({"name": name, "kind": "batch_normalization", **case["config"]})
        arrays |= {f"{name}/{key}": array for key, array in _normalized(random, **case)}
    for name, case in DEPTHWISE.items():
        cases.append({"name": name, "kind": "depthwise_conv2d", **case["config"]})
        arrays |= {f"{name}/{key}": array for key, array in _depthwise(random, **case)}
    arrays["cases"] = np.frombuffer(json.dumps(cases).encode(), np.uint8)
    np.savez_compressed(path, **arrays)


def _normalized(
    random: np.random.Generator, shape: tuple[int, ...], config: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    """Yields each of some batches, learned from in turn, and what is made of the last one
    afterwards.
    """
    layer = import_module("keras").layers.BatchNormalization(**config)
    layer.build(shape)
    for weight in layer.trainable_variables:
        weight.assign(random.uniform(0.5, 2, weight.shape).astype(np.float32))
        yield weight.name, weight.numpy()
    told: dict[str, list[Any]] = {}
    for _ in range(STEPS):
        inputs = random.normal(1, 3, shape).astype(np.float32)
        step = _both_ways(layer, inputs, random.normal(0, 1, shape).astype(np.float32))
        step |= {weight.name: weight.numpy() for weight in layer.non_trainable_variables}
        for key, array in step.items():
            told.setdefault(key, []).append(array)
    yield from ((key, np.stack(list_of)) for key, list_of in told.items())
    yield "answers", np.array(layer(inputs, training=False))


def _depthwise(
    random: np.random.Generator, shape: tuple[int, ...], config: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    layer = import_module("keras").layers.DepthwiseConv2D(**config)
    layer.build(shape)
    for weight in layer.trainable_variables:
        weight.assign(random.normal(0, 1, weight.shape).astype(np.float32))
        yield weight.name, weight.numpy()
    inputs = random.normal(0, 1, shape).astype(np.float32)
    outputs = layer.compute_output_shape(shape)
    yield from _both_ways(layer, inputs, random.normal(0, 1, outputs).astype(np.float32)).items()


def _both_ways(layer: Any, inputs: Any, gradient: Any) -> dict[str, Any]:
    """Outputs in training, and gradients from that of the outputs; the layer's state moves on."""
    state = [variable.value for variable in layer.non_trainable_variables]

    def call(learned: Any, x: Any) -> Any:
        return layer.stateless_call(learned, state, x, **({"training": True} if state else {}))

    learned = [variable.value for variable in layer.trainable_variables]
    outputs, back, after = import_module("jax").vjp(call, learned, inputs, has_aux=True)
    of_learned, of_inputs = back(gradient)
    for variable, value in zip(layer.non_trainable_variables, after, strict=True):
        variable.assign(value)
    names = [f"g{variable.name}" for variable in layer.trainable_variables]
    gradients = dict(zip(names, map(np.array, of_learned), strict=True))
    told = {"x": inputs, "y": np.array(outputs), "gy": gradient, "gx": np.array(of_inputs)}
    return told | gradients


if __name__ == "__main__":
    main()
