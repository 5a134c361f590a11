"""Holds the engine against recorded Keras numbers: python bench/against_keras.py FILE.npz

Prints the largest relative error of every case in the file and exits 1 if a layer is off by more
than 1e-4 or a 12-step loss by more than 1e-3. docs/engine.md describes the file's layout.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from numpy.typing import NDArray

from app import engine
from app.blas_threads import use_one_blas_thread
from app.engine.initializers import SCALED, fans
from app.engine.layers import Setting, prepare
from app.engine.losses import softmax_cross_entropy
from app.vocabulary.layers import (
    AveragePool2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    Layer,
    MaxPool2D,
)

MNIST = Path(__file__).resolve().parent.parent / "app" / "datasets" / "mnist.npz"
LAYER_LIMIT = 1e-4
LOSS_LIMIT = 1e-3

_FIRST = {"moving_mean": 0, "moving_variance": 1}

Case = Mapping[str, Any]
Arrays = Mapping[str, NDArray[Any]]


class Comparison(NamedTuple):
    """One case's largest relative error, which of its arrays has it, and what is allowed."""

    case: str
    array: str
    error: float
    limit: float


def compare(reference: Arrays, images: NDArray[np.uint8]) -> Iterator[Comparison]:
    """Compares case by case; images: MNIST's x_train (60000, 28, 28)."""
    for case in json.loads(reference["cases"].tobytes()):
        kind, name = case["kind"], case["name"]
        prefix = f"{name}/"
        arrays = {k.removeprefix(prefix): reference[k] for k in reference if k.startswith(prefix)}
        if kind == "training":
            shared = {k: reference[k] for k in reference if k.startswith(("train/init", "digits"))}
            errors = _training_errors(case, {**shared, **arrays}, images)
        elif kind == "softmax_cross_entropy":
            errors = _loss_errors(arrays)
        elif kind == "default_init":
            errors = _initializer_errors(case)
        elif kind == "batch_normalization":
            errors = _normalization_errors(case, arrays)
        else:
            errors = _layer_errors(_layer(case), arrays)
        worst = max(errors, key=errors.__getitem__)
        limit = LOSS_LIMIT if kind == "training" else LAYER_LIMIT
        yield Comparison(name, worst, errors[worst], limit)


def relative_error(ours: Any, theirs: Any) -> float:
    """Gives the largest difference, as a share of the largest reference value; infinite if not
    finite.
    """
    largest = float(np.abs(theirs).max()) or 1.0
    error = float(np.abs(np.asarray(ours) - theirs).max()) / largest
    return error if np.isfinite(error) else np.inf


def _layer(case: Case) -> Layer:
    if case["kind"] == "conv2d":
        return Conv2D(case["filters"], case["kernel_size"], case["strides"], case["padding"])
    if case["kind"] == "depthwise_conv2d":
        return DepthwiseConv2D(**_settings(case))
    pools: dict[str, type[MaxPool2D | AveragePool2D]] = {
        "max_pool2d": MaxPool2D,
        "average_pool2d": AveragePool2D,
    }
    return pools[case["kind"]](case["pool_size"], case["strides"], case["padding"])


def _layer_errors(layer: Layer, arrays: Arrays) -> dict[str, float]:
    values = {name: arrays[name] for name in ("kernel", "bias") if name in arrays}
    gradients = {name: np.zeros_like(value) for name, value in values.items()}
    inputs = arrays["x"]
    setting = Setting(len(inputs), inputs.shape[1:], values, gradients, np.float32, True)
    layer_pass = prepare(layer, setting)
    errors = {"y": relative_error(layer_pass.forward(inputs, training=True), arrays["y"])}
    errors["gx"] = relative_error(layer_pass.backward(arrays["gy"].copy()), arrays["gx"])
    for name, gradient in gradients.items():
        errors[f"g{name}"] = relative_error(gradient, arrays[f"g{name}"])
    return errors


def _normalization_errors(case: Case, arrays: Arrays) -> dict[str, float]:
    """Compares every step's batch, the moving averages after it, and an answer at the end."""
    layer = BatchNormalization(**_settings(case))
    shape = arrays["x"].shape[1:]
    values = {spec.name: arrays[spec.name] for spec in layer.parameters(shape[1:])}
    gradients = {name: np.zeros_like(value) for name, value in values.items()}
    state = {name: arrays[name][0] * 0 + first for name, first in _FIRST.items()}
    setting = Setting(shape[0], shape[1:], values, gradients, np.float32, True, state=state)
    layer_pass = prepare(layer, setting)
    errors: dict[str, float] = {}
    for step, (inputs, gradient) in enumerate(zip(arrays["x"], arrays["gy"], strict=True)):
        ours: dict[str, Any] = {"y": layer_pass.forward(inputs, training=True).copy()}
        ours["gx"] = layer_pass.backward(gradient.copy())
        ours |= {f"g{name}": value for name, value in gradients.items()} | state
        for name, array in ours.items():
            errors[f"{name} {step}"] = relative_error(array, arrays[name][step])
    answers = layer_pass.forward(arrays["x"][-1], training=False)
    return errors | {"answers": relative_error(answers, arrays["answers"])}


def _settings(case: Case) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name not in ("name", "kind")}


def _loss_errors(arrays: Arrays) -> dict[str, float]:
    losses, gradient = softmax_cross_entropy(arrays["logits"], arrays["labels"])
    return {
        "loss": relative_error(losses.mean(), arrays["loss"]),
        "glogits": relative_error(gradient, arrays["glogits"]),
    }


def _initializer_errors(case: Case) -> dict[str, float]:
    shape, initializer = tuple(case["shape"]), SCALED["glorot_uniform"]
    limit = initializer.bound(shape)
    return {
        "fans": relative_error(fans(shape), np.array([case["fan_in"], case["fan_out"]])),
        "limit": relative_error(limit, case["limit"]),
        "seen_max": max(0.0, case["seen_max"] / limit - 1),
    }


def _training_errors(case: Case, arrays: Arrays, images: NDArray[np.uint8]) -> dict[str, float]:
    pixels = images[arrays["digits/index"]][..., None] / np.float32(255)
    labels = _labels(arrays["digits/index"])
    network = _network(case["model"], len(pixels[0]))
    names = [parameter.name for parameter in network.parameters]
    network.load_weights({n: arrays[f"train/init/{i}"] for i, n in enumerate(names)})
    optimizer = getattr(engine, case["optimizer"])(**case["config"])
    optimizer.bind(network)
    losses = []
    for batch, truth in zip(pixels, labels, strict=True):
        losses.append(network.loss_and_gradients(batch, truth)[0])
        optimizer.update()
    return {"loss": relative_error(np.array(losses) / arrays["loss"], np.ones(len(losses)))}


def _network(model: Case, batch_size: int) -> engine.Network:
    stack = [
        Conv2D(model["conv1"][0], model["conv1"][1], activation="relu"),
        Conv2D(model["conv2"][0], model["conv2"][1], activation="relu"),
        MaxPool2D(model["pool"]),
        Flatten(),
        Dense(model["dense"], activation="relu"),
        Dense(model["classes"]),
    ]
    return engine.Network(stack, (28, 28, 1), np.random.default_rng(0), batch_size)


def _labels(index: NDArray[np.int64]) -> NDArray[np.int64]:
    with np.load(MNIST) as mnist:
        labels: NDArray[np.int64] = mnist["y_train"][index].astype(np.int64)
    return labels


def main() -> int:
    """Prints a line a case; 1 if any is beyond its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path, metavar="FILE.npz")
    path = parser.parse_args().file
    use_one_blas_thread()
    if not path.is_file():
        parser.error(f"there is no file {path}")
    with np.load(path) as stored:
        reference = {name: stored[name] for name in stored.files}
    with np.load(MNIST) as mnist:
        images = mnist["x_train"]
    beyond = 0
    for case, array, error, limit in compare(reference, images):
        verdict = "ok" if error <= limit else f"beyond {limit:g}"
        beyond += not error <= limit
        print(f"{case:24} {error:9.2e}  in {array:8} {verdict}")
    return int(beyond > 0)


if __name__ == "__main__":
    sys.exit(main())
