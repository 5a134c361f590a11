"""Trains with Keras on the backend that KERAS_BACKEND names, watched, and keeps copies itself.

    python -m tests.frameworks.keras_trainings FOLDER

writes, for each way of training, `NAME.fscope`, `NAME.npz` with the copies ("STEP stem/kernel")
and into `told.json` what else there is to compare.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import layers

from app import watch

PICTURES = np.random.default_rng(0).normal(size=(40, 12, 12, 4)).astype("f4")
LABELS = np.arange(40) % 4
BACKEND = keras.backend.backend()


NOTHING: Mapping[str, Any] = MappingProxyType({})


class Way(NamedTuple):
    """A way of training: how the model is made, and what is said to `compile` and `fit`."""

    make: Callable[[], Any]
    inputs: Any = PICTURES
    compiled: Mapping[str, Any] = NOTHING
    fitted: Mapping[str, Any] = NOTHING
    optimizer: Mapping[str, Any] = NOTHING
    fits: int = 1
    dtype: str = "float32"
    callbacks: Callable[[], list[Any]] = list


def chain() -> Any:
    return keras.Sequential(
        [
            layers.Conv2D(8, 3, activation="relu", name="stem"),
            layers.MaxPooling2D(),
            layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", name="body"),
            layers.BatchNormalization(name="normal"),
            layers.Flatten(),
            layers.Dense(4, activation="softmax", name="head"),
        ]
    )


class Subclassed(keras.Model):  # type: ignore[misc]
    """Is built by its first batch alone."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = layers.Conv2D(8, 3, groups=2, name="stem")
        self.body = keras.Sequential(
            [layers.Conv2D(6, 3, use_bias=False, name="body")], name="inner"
        )
        self.head = layers.Dense(4, activation="softmax", name="head")

    def call(self, images: Any) -> Any:
        return self.head(keras.ops.mean(self.body(keras.ops.relu(self.stem(images))), (1, 2)))


def functional() -> Any:
    images = layers.Input((12, 12, 4))
    stem = layers.Conv2DTranspose(5, (3, 2), name="stem")(images)
    apart = layers.SeparableConv2D(6, 3, name="apart")(stem)
    body = layers.Conv2D(6, 3, padding="same", name="body")(apart)
    mean = layers.GlobalAveragePooling2D()(layers.Add()([apart, body]))
    return keras.Model(images, layers.Dense(4, activation="softmax", name="head")(mean))


def one_axis(kind: Any, size: int, name: str = "stem") -> Callable[[], Any]:
    return lambda: keras.Sequential(
        [
            kind(size, name=name) if kind is layers.DepthwiseConv1D else kind(6, size, name=name),
            layers.Flatten(),
            layers.Dense(4, activation="softmax", name="head"),
        ]
    )


class Loads(keras.callbacks.Callback):  # type: ignore[misc]
    """Puts other weights in when training begins, as those that resume do."""

    def on_train_begin(self, logs: Any = None) -> None:
        stem = self.model.get_layer("stem")
        stem.set_weights([np.full_like(weight, 0.125) for weight in stem.get_weights()])


def endless() -> Any:
    """Batches of which nobody knows how many there are."""

    def batches() -> Iterator[Any]:
        for start in range(0, 40, 8):
            yield PICTURES[start : start + 8], LABELS[start : start + 8]

    return batches()


def built(make: Callable[[], Any]) -> Callable[[], Any]:
    def made() -> Any:
        model = make()
        model.build((None, 12, 12, 4))
        return model

    return made


WAYS = {
    "chain": Way(chain, fitted={"validation_data": (PICTURES, LABELS)}),
    "built chain": Way(built(chain)),
    "subclassed": Way(Subclassed),
    "functional": Way(functional),
    "several steps an execution": Way(Subclassed, compiled={"steps_per_execution": 4}),
    "a chain, several steps": Way(chain, compiled={"steps_per_execution": 5}),
    "eagerly": Way(Subclassed, compiled={"run_eagerly": True}),
    "fit twice": Way(chain, fits=2),
    "accumulated": Way(chain, optimizer={"gradient_accumulation_steps": 2}),
    "bfloat16": Way(chain, dtype="bfloat16"),
    "mixed": Way(chain, dtype="mixed_bfloat16"),
    "signal": Way(one_axis(layers.Conv1D, 5), inputs=PICTURES.reshape(40, 144, 4)),
    "signal, depthwise": Way(
        one_axis(layers.DepthwiseConv1D, 5), inputs=PICTURES.reshape(40, 144, 4)
    ),
    "volume": Way(one_axis(layers.Conv3D, 3), inputs=PICTURES.reshape(40, 12, 12, 4, 1)),
    "weights put in": Way(built(chain), callbacks=lambda: [Loads()]),
    "unknown length": Way(chain, inputs=None),
}
ONLY_PYTORCH_CANNOT = {"several steps an execution", "a chain, several steps"}


def weights(model: Any) -> dict[str, Any]:
    """All weights, a transposed convolution's axes as those of any other."""
    if hasattr(model, "jax_state_sync"):
        model.jax_state_sync()
    found: dict[str, Any] = {}
    for layer in model._flatten_layers(include_self=False):
        for weight in getattr(layer, "weights", []) if not hasattr(layer, "layers") else []:
            value = np.array(keras.ops.convert_to_numpy(weight)).astype("f4")
            name = weight.name
            if isinstance(layer, layers.Conv2DTranspose) and name == "kernel":
                value = value.swapaxes(-1, -2)
            if isinstance(layer, layers.SeparableConv2D):
                part = "depthwise" if name.startswith("depthwise") else "pointwise"
                name = f"{part}/{name.rpartition('_')[2]}"
            title = (
                "inner/body"
                if isinstance(model, Subclassed) and layer.name == "body"
                else layer.name
            )
            found[f"{title}/{name}"] = value
    return found


class Copies(keras.callbacks.Callback):  # type: ignore[misc]
    """Copies all weights after each update, and at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[int, dict[str, Any]] = {}
        self.losses: list[float] = []

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        updates = int(keras.ops.convert_to_numpy(self.model.optimizer.iterations))
        if updates:
            self.kept.setdefault(updates, weights(self.model))
        self.losses.append(float(logs["loss"]))

    def on_train_end(self, logs: Any = None) -> None:
        self.kept[max(self.kept)] = weights(self.model)  # averages move without an update too


def model_of(way: Way) -> Any:
    keras.utils.set_random_seed(3)
    keras.config.set_dtype_policy(way.dtype)
    model = way.make()
    optimizer = keras.optimizers.Adam(0.05, **way.optimizer)
    model.compile(
        optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"], **way.compiled
    )
    return model


def start_of(way: Way) -> dict[str, Any]:
    """The weights of the same network before any update."""
    model = model_of(way)
    model(PICTURES[:1] if way.inputs is None else way.inputs[:1])
    for callback in way.callbacks():
        callback.set_model(model)
        callback.on_train_begin()
    return weights(model)


def train(way: Way, callbacks: list[Any]) -> Copies:
    model, copies = model_of(way), Copies()
    said = {"batch_size": 8, "epochs": 3, "verbose": 0, "shuffle": False, **way.fitted}
    for _ in range(way.fits):
        called = [*callbacks, copies, *way.callbacks()]
        if way.inputs is None:
            model.fit(endless(), epochs=1, verbose=0, callbacks=called)
        else:
            model.fit(way.inputs, LABELS, callbacks=called, **said)
    return copies


def main(folder: Path) -> None:
    told = {}
    for name, way in WAYS.items():
        if BACKEND == "torch" and name in ONLY_PYTORCH_CANNOT:
            continue
        file = folder / f"{name}.fscope"
        unwatched = train(way, []).losses
        run = watch(model_of(way), to=file)
        copies = train(way, [run])
        run.close()
        if name == "chain":
            answers = copies.model(PICTURES, training=False)
            np.save(folder / "chain answers.npy", keras.ops.convert_to_numpy(answers))
        kept = {0: start_of(way), **copies.kept}
        arrays = {f"{step} {key}": found[key] for step, found in kept.items() for key in found}
        np.savez(folder / f"{name}.npz", **arrays)
        told[name] = {"watched": copies.losses, "unwatched": unwatched}
    (folder / "told.json").write_text(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
