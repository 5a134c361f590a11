"""What the real Keras writes is read as `watch` tells of the same model: kinds, shapes, numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from app.client.chain import NotExact
from app.client.keras_chain import chain_of
from app.client.keras_layers import layers_of
from app.external.described import KnownNetwork
from app.reading.contents import Contents
from app.reading.files import read_weights

pytestmark = pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")

SAVED = (".keras", ".h5", ".weights.h5")


def chain() -> Any:
    """A network that a recipe can say."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 5, padding="same", activation="relu", name="stem"),
            layers.BatchNormalization(name="norm"),
            layers.MaxPooling2D(2),
            layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False, name="apart"),
            layers.AveragePooling2D(2, padding="same"),
            layers.Conv2D(6, 3, strides=2, name="later"),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax", name="answers"),
        ]
    )


def functional() -> Any:
    """The same by functions, with more than ten layers of a type."""
    given = keras.Input((20, 20, 3))
    shown = given
    for number in range(12):
        shown = layers.Conv2D(4, 3, padding="same", activation="relu", name=f"c{11 - number}")(
            shown
        )
    shown = layers.GlobalAveragePooling2D()(shown)
    return keras.Model(given, layers.Dense(3, name="out")(shown))


def every_kind() -> Any:
    """All kinds of convolution of images, one behind the other, in models in models."""
    inner = keras.Sequential(
        [
            layers.Conv2DTranspose(5, 2, strides=2, name="up"),
            layers.SeparableConv2D(6, 3, depth_multiplier=2, activation="tanh", name="parted"),
        ],
        name="inner",
    )
    given = keras.Input((16, 16, 4))
    shown = layers.Conv2D(8, (3, 5), groups=4, dilation_rate=(2, 1), name="grouped")(given)
    shown = inner(shown)
    shown = layers.Conv2D(4, 1, use_bias=False, activation="sigmoid", name="point")(shown)
    return keras.Model(given, shown, name="outer")


def signal() -> Any:
    """Kernels of one and of three axes."""
    given = keras.Input((32, 4))
    shown = layers.Conv1D(6, 5, name="line")(given)
    shown = layers.DepthwiseConv1D(3, name="each")(shown)
    shown = layers.Conv1DTranspose(4, 3, strides=2, name="wider")(shown)
    shown = layers.Reshape((4, 4, -1, 1))(layers.Dense(32, name="dense")(shown[:, :16]))
    return keras.Model(given, layers.Conv3D(2, (2, 2, 3), name="volume")(shown))


@pytest.mark.parametrize("ending", SAVED)
@pytest.mark.parametrize("make", [chain, functional, every_kind, signal])
def test_a_saved_model_is_read_as_watch_tells_of_it(
    make: Callable[[], Any], ending: str, tmp_path: Path
) -> None:
    keras.utils.set_random_seed(3)
    model = make()
    read = saved(model, tmp_path / f"model{ending}")
    told = {layer.told["title"].rpartition("/")[2]: layer for layer in layers_of(model)}
    found = {
        layer.described.title.rpartition("/")[2]: layer
        for layer in read.layers
        if layer.described.shape is not None and layer.described.kind != "batch_normalization"
    }
    assert found.keys() == told.keys()
    if make is every_kind and ending != ".weights.h5":
        assert list(found) == ["grouped", "up", "depthwise", "pointwise", "point"]
    elif ending != ".weights.h5":
        assert list(found) == list(told)
    for title, layer in told.items():
        described = found[title].described.model_dump(mode="json")
        kept = {
            name: array() if callable(array) else array for name, array in layer.copies().items()
        }
        assert np.array_equal(found[title].kernel(), kept["kernel"]), title
        bias = found[title].bias
        if "bias" in kept:
            assert bias is not None
            assert np.array_equal(bias(), kept["bias"])
        if ending != ".weights.h5" and read.network is None:
            same = {name for name in layer.told if name != "title" or make is not every_kind}
            assert {name: described[name] for name in same} == {n: layer.told[n] for n in same}
        else:
            assert described["kind"] == layer.told["kind"]


@pytest.mark.parametrize("ending", [".keras", ".h5"])
def test_a_chain_is_known_as_watch_knows_it(ending: str, tmp_path: Path) -> None:
    for make in (chain, functional):
        model = make()
        network, told = chain_of(model)
        read = saved(model, tmp_path / f"model{ending}")
        assert read.network is not None
        assert read.network == KnownNetwork.model_validate(network)
        assert [layer.described.title for layer in read.layers] == [
            layer.told["title"] for layer in told
        ]
        for ours, theirs in zip(read.layers, told, strict=True):
            kept = {n: a() if callable(a) else a for n, a in theirs.copies().items()}
            if "kernel" in kept:
                assert np.array_equal(ours.kernel(), kept["kernel"])
            for name, average in ours.averages.items():
                assert np.array_equal(average(), kept[name])
    with pytest.raises(NotExact):
        chain_of(every_kind())
    assert saved(every_kind(), tmp_path / f"other{ending}").network is None


def test_bfloat16_and_float16_are_read_as_they_are(tmp_path: Path) -> None:
    for dtype in ("bfloat16", "float16"):
        model = keras.Sequential(
            [keras.Input((8, 8, 3)), layers.Conv2D(4, 3, dtype=dtype, name="half")]
        )
        kernel = np.asarray(keras.ops.cast(model.layers[0].kernel, "float32"))
        read = saved(model, tmp_path / "half.keras")
        assert np.array_equal(read.layers[0].kernel(), kernel)


def test_the_step_is_the_optimisers_count(tmp_path: Path) -> None:
    model = chain()
    model.compile("adam", "sparse_categorical_crossentropy")
    images = np.random.default_rng(0).normal(size=(24, 28, 28, 1)).astype("f4")
    model.fit(images, np.arange(24) % 10, batch_size=8, epochs=1, verbose=0)
    for ending in (".keras", ".h5"):
        assert saved(model, tmp_path / f"model{ending}").step == 3


def saved(model: Any, path: Path) -> Contents:
    """Saves a model as the ending has it, and reads it."""
    if path.name.endswith(".weights.h5"):
        model.save_weights(path)
    else:
        model.save(path)
    return read_weights(path)
