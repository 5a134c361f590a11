"""Hypothesis strategies: recipes that are right, small enough to train a step in no time."""

from typing import Any

from hypothesis import strategies as st

from app.vocabulary.datasets import DATASETS
from app.vocabulary.layers.windows import output_length

ACTIVATIONS = st.sampled_from(["linear", "relu", "tanh", "sigmoid"])
INITIALIZERS = st.sampled_from(
    [f"{who}_{how}" for who in ("glorot", "he", "lecun") for how in ("uniform", "normal")]
)
DECAYS = st.sampled_from([0.0, 0.02])
RATES = st.floats(1e-6, 1e-2)

OPTIMIZERS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("sgd"), "momentum": st.floats(0, 0.99), "nesterov": st.booleans()}
    ),
    st.fixed_dictionaries({"type": st.just("rmsprop"), "rho": st.floats(0.5, 0.99)}),
    st.fixed_dictionaries({"type": st.sampled_from(["adam", "adamw", "adadelta"])}),
).flatmap(
    lambda optimizer: st.fixed_dictionaries(
        {"learning_rate": RATES, "schedule": st.sampled_from(["constant", "linear"])}
    ).map(lambda common: optimizer | common)
)


@st.composite
def convolutions(draw: st.DrawFn, length: int) -> dict[str, Any]:
    padding = draw(st.sampled_from(["valid", "same"]))
    largest = min(11, length) if padding == "valid" else 11
    return {
        "type": "conv2d",
        "filters": draw(st.integers(1, 6)),
        "kernel_size": draw(st.integers(1, largest)),
        "strides": draw(st.integers(1, 4)),
        "padding": padding,
        "activation": draw(ACTIVATIONS),
        "kernel_initializer": draw(INITIALIZERS),
        "weight_decay": draw(DECAYS),
        "trainable": draw(st.sampled_from([True, True, False])),
    }


NORMALIZATIONS = st.fixed_dictionaries(
    {
        "type": st.just("batch_normalization"),
        "momentum": st.floats(0, 0.99),
        "center": st.booleans(),
        "scale": st.booleans(),
    }
)


@st.composite
def pools(draw: st.DrawFn, length: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["max_pool2d", "average_pool2d"]))
    return {"type": kind, "pool_size": draw(st.integers(1, min(3, length)))}


@st.composite
def depthwise_convolutions(draw: st.DrawFn, length: int) -> dict[str, Any]:
    settings = draw(convolutions(length))
    for name in ("filters", "kernel_initializer"):
        del settings[name]
    small = min(5, settings["kernel_size"])  # each of its places takes a pass over the images
    own = {"kernel_size": small, "depth_multiplier": draw(st.integers(1, 3))}
    return settings | own | {"type": "depthwise_conv2d"}


_SPATIAL = {"conv": convolutions, "depthwise": depthwise_convolutions, "pool": pools}


@st.composite
def image_layers(draw: st.DrawFn, length: int) -> list[dict[str, Any]]:
    """A conv layer, then up to three more layers that keep the image an image."""
    layers = [draw(convolutions(length))]
    for _ in range(draw(st.integers(0, 3))):
        length = _after(layers[-1], length)
        kind = draw(st.sampled_from(["dropout", "normalization", *_SPATIAL]))
        if kind == "dropout":
            layers.append({"type": "dropout", "rate": draw(st.floats(0, 0.9))})
        elif kind == "normalization":
            layers.append(draw(NORMALIZATIONS))
        else:
            layers.append(draw(_SPATIAL[kind](length)))
    return layers


def recipes() -> st.SearchStrategy[dict[str, Any]]:
    """A whole valid recipe as JSON, one to three steps long."""
    return st.one_of(classifiers(), sparse_codes())


@st.composite
def classifiers(draw: st.DrawFn) -> dict[str, Any]:
    """A recipe that names pictures."""
    dataset = draw(st.sampled_from([name for name in DATASETS if DATASETS[name].class_names]))
    layers = draw(image_layers(DATASETS[dataset].shape[0]))
    layers.append({"type": draw(st.sampled_from(["flatten", "global_average_pool2d"]))})
    if draw(st.booleans()):
        layers.append({"type": "dense", "units": draw(st.integers(1, 8)), "activation": "tanh"})
    if draw(st.booleans()):
        layers.append(draw(NORMALIZATIONS))
    layers.append({"type": "dense", "units": len(DATASETS[dataset].class_names)})
    labels = draw(st.sampled_from(["true", "random"]))
    return draw(common(dataset)) | {"labels": labels, "layers": layers}


@st.composite
def sparse_codes(draw: st.DrawFn) -> dict[str, Any]:
    """A recipe that rebuilds pictures from few filters."""
    dataset = draw(st.sampled_from(sorted(DATASETS)))
    layer = {
        "type": "conv2d",
        "filters": draw(st.integers(1, 6)),
        "kernel_size": draw(st.integers(1, 11)),
        "kernel_initializer": draw(INITIALIZERS),
    }
    objective = {"type": "sparse-code", "sparsity": draw(st.floats(0, 3))}
    return draw(common(dataset)) | {"objective": objective, "layers": [layer]}


@st.composite
def common(draw: st.DrawFn, dataset: str) -> dict[str, Any]:
    return {
        "name": draw(st.sampled_from(["a net", "Kanten", "网络"])),
        "dataset": dataset,
        "scaling": draw(st.sampled_from(["standard", "unit", "local-contrast"])),
        "pixels": draw(st.sampled_from(["natural", "shuffled"])),
        "optimizer": draw(OPTIMIZERS),
        "batch_size": draw(st.integers(1, 9)),
        "steps": draw(st.integers(1, 3)),
        "seed": draw(st.integers(0, 2**32 - 1)),
    }


def _after(layer: dict[str, Any], length: int) -> int:
    if layer["type"] in ("dropout", "batch_normalization"):
        return length
    window = layer.get("kernel_size") or layer["pool_size"]
    strides = layer.get("strides") or layer["pool_size"]
    return output_length(length, window, strides, layer.get("padding", "valid"))
