"""One output on a picture that one brings: what the framework computes, by its formulas."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.layers import inference_setting, prepare
from app.events import StoredArray
from app.external.described import Described, DescribedLayer, KnownNetwork
from app.inspection.own_picture import place_on_picture
from app.inspection.refused import Refused
from app.inspection.seen import activations
from app.inspection.snapshot import KeptSnapshot
from app.inspection.unit import unit
from app.vocabulary.layers import Conv2D, Dense, Flatten, MaxPool2D

Arrays = dict[str, NDArray[np.float32]]
NETWORK = (
    Conv2D(filters=6, kernel_size=3, strides=2, padding="same", activation="relu"),
    Conv2D(filters=2, kernel_size=3),
    MaxPool2D(pool_size=2),
    Flatten(),
    Dense(units=3),
)
NAMES = (("conv1", "conv2d"), ("conv2", "conv2d"), ("max_pool1", "max_pool2d"))
AFTER = (("flatten1", "flatten"), ("dense1", "dense"))


def kept(cache_folder: Path, arrays: Arrays, *layers: DescribedLayer, **more: Any) -> KeptSnapshot:
    run = Described(name="Mine", source="watched", layers=layers, **more)
    stored = tuple(
        StoredArray(name, array.shape, array.astype("<f4").tobytes())
        for name, array in arrays.items()
    )
    return KeptSnapshot(None, stored, cache_folder, run)


def question(image: NDArray[Any], **more: Any) -> dict[str, Any]:
    asked = {"index": None, "png": None, "split": "test", "image": image.tolist(), "flip": False}
    asked |= {"layer": "conv1", "filter": 0, "row": 0, "column": 0, "strides": None}
    return {**asked, "padding": None, "scaling": "pixels", **more}


def place(snapshot: KeptSnapshot, asked: dict[str, Any]) -> dict[str, Any]:
    assert snapshot.described is not None
    return place_on_picture(snapshot, snapshot.described, asked)


def drawn(*shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(shape).normal(size=shape).astype(np.float32)


def padded(image: NDArray[Any], kernel: NDArray[Any], slid: dict[str, Any]) -> NDArray[np.float64]:
    """The image with its zeros, by TensorFlow's formula where it says `same`."""
    sides = slid["padding"]
    if sides == "valid":
        sides = ((0, 0), (0, 0))
    if sides == "same":
        sides = []
        for axis in (0, 1):
            reach = (kernel.shape[axis] - 1) * slid["dilation"][axis] + 1
            step, length = slid["strides"][axis], image.shape[axis]
            total = max((math.ceil(length / step) - 1) * step + reach - length, 0)
            sides.append((total // 2, total - total // 2))
    return np.pad(image.astype(np.float64), [*sides, (0, 0)])


def by_hand(
    image: NDArray[Any], kernel: NDArray[Any], at: tuple[int, int], channels: slice, slid: Any
) -> float:
    """Σ x[r·s + i·d − p, …]·W[i, j, k] in loops."""
    wide, total = padded(image, kernel, slid)[..., channels], 0.0
    for row in range(kernel.shape[0]):
        for column in range(kernel.shape[1]):
            y = at[0] * slid["strides"][0] + row * slid["dilation"][0]
            x = at[1] * slid["strides"][1] + column * slid["dilation"][1]
            total += float(wide[y, x] @ kernel[row, column].astype(np.float64))
    return total


@pytest.mark.parametrize("padding", ["valid", "same", ((2, 1), (0, 3))])
@pytest.mark.parametrize("strides", [(1, 1), (2, 2), (3, 2)])
@pytest.mark.parametrize("dilation", [(1, 1), (2, 1), (2, 3)])
@pytest.mark.parametrize(("size", "groups"), [((3, 3), 1), ((4, 2), 3)])
def test_every_setting_of_a_convolution_is_reckoned_with(
    cache_folder: Path, padding: Any, strides: Any, dilation: Any, size: Any, groups: int
) -> None:
    kernel, bias = drawn(*size, 6 // groups, 6), drawn(6)
    slid = {"strides": strides, "padding": padding, "dilation": dilation}
    layer = DescribedLayer(
        name="conv1", title="stem", kind="conv2d", shape=kernel.shape, groups=groups, bias=True,
        activation="relu", **slid,
    )  # fmt: skip
    snapshot = kept(cache_folder, {"conv1/kernel": kernel, "conv1/bias": bias}, layer)
    image = np.random.default_rng(1).uniform(0, 255, (13, 12, 6))
    rows, columns = place(snapshot, question(image))["output_shape"]
    for at in ((0, 0), (rows - 1, columns - 1), (rows // 2, columns // 3)):
        for number in (0, 5):
            told = place(snapshot, question(image, filter=number, row=at[0], column=at[1]))
            each = 6 // groups
            group = number // (6 // groups)
            channels = slice(group * each, (group + 1) * each)
            seen = image.astype(np.float32)
            total = by_hand(seen, kernel[..., number], at, channels, slid)
            assert told["sum"] == pytest.approx(total, rel=1e-9, abs=1e-6)
            assert told["output"] == pytest.approx(max(0, total + float(bias[number])), abs=1e-5)
            assert told["channels"] == [channels.start, channels.stop]
    with pytest.raises(Refused, match="numbers come out"):
        place(snapshot, question(image, row=rows))


def test_each_kernel_of_a_depthwise_layer_sees_its_own_channel(cache_folder: Path) -> None:
    kernel = drawn(3, 3, 3, 2)
    layer = DescribedLayer(
        name="depthwise_conv1", title="dw", kind="depthwise_conv2d", shape=kernel.shape,
        strides=(1, 1), padding="valid", dilation=(1, 1), bias=False,
    )  # fmt: skip
    snapshot = kept(cache_folder, {"depthwise_conv1/kernel": kernel}, layer)
    image = np.random.default_rng(1).uniform(0, 255, (5, 5, 3))
    told = place(snapshot, question(image, layer="depthwise_conv1", filter=3))
    patch = image[:3, :3, 1].astype(np.float32).astype(np.float64)
    assert told["sum"] == pytest.approx(float((patch * kernel[:, :, 1, 1]).sum()))
    assert (told["channels"], told["bias"]) == ([1, 2], 0.0)


def test_what_nobody_said_is_asked_for_and_never_guessed(cache_folder: Path) -> None:
    kernel = drawn(3, 3, 3, 2)
    layer = DescribedLayer(
        name="conv1", title="stem", kind="conv2d", shape=kernel.shape, bias=False, activation="gelu"
    )
    snapshot = kept(cache_folder, {"conv1/kernel": kernel}, layer)
    image = np.zeros((5, 5, 3))
    with pytest.raises(Refused, match="didn't say the strides of stem") as caught:
        place(snapshot, question(image))
    assert caught.value.field == "strides"
    told = place(snapshot, question(image, strides=1, padding="valid"))
    assert told["activation"] == "linear"
    assert "before stem's activation, gelu" in told["note"]
    with pytest.raises(Refused, match="bring one"):
        place(snapshot, question(image, strides=1, padding="valid", index=3))
    with pytest.raises(Refused, match="3 channels"):
        place(snapshot, question(np.zeros((5, 5, 1)), strides=1, padding="valid"))


@pytest.mark.parametrize("kind", ["conv1d", "conv2d_transpose", "dense"])
def test_what_slides_over_no_picture_is_refused(cache_folder: Path, kind: str) -> None:
    layer = DescribedLayer(name="conv1", title="stem", kind=kind, shape=(3, 3, 1, 2))
    snapshot = kept(cache_folder, {"conv1/kernel": drawn(3, 3, 1, 2)}, layer)
    with pytest.raises(Refused, match=f"stem is a {kind}"):
        place(snapshot, question(np.zeros((5, 5, 1))))


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [("pixels", 200.0), ("unit", 200 / 255), ("symmetric", 200 / 127.5 - 1)],
)
def test_pixels_are_scaled_as_the_program_does(
    cache_folder: Path, scaling: str, expected: float
) -> None:
    layer = DescribedLayer(
        name="conv1", title="stem", kind="conv2d", strides=(1, 1), padding="valid", bias=False
    )
    snapshot = kept(cache_folder, {"conv1/kernel": np.ones((1, 1, 1, 1), "<f4")}, layer)
    told = place(snapshot, question(np.full((2, 2), 200), scaling=scaling))
    assert told["output"] == pytest.approx(expected, rel=1e-6)


@pytest.fixture
def whole(cache_folder: Path) -> KeptSnapshot:
    """A network of layers that are all known, without a bias in its second layer."""
    arrays = {
        "conv1/kernel": drawn(3, 3, 3, 6), "conv1/bias": drawn(6),
        "conv2/kernel": drawn(3, 3, 6, 2),
        "dense1/kernel": drawn(8, 3), "dense1/bias": drawn(3),
    }  # fmt: skip
    layers = [
        DescribedLayer(name=name, title=name, kind=kind, bias=name != "conv2")
        for name, kind in (*NAMES, *AFTER)
    ]
    network = KnownNetwork(input_shape=(12, 12, 3), layers=NETWORK)
    more = {"network": network, "class_names": ("a", "b", "c")}
    return kept(cache_folder, arrays, *layers, **more)


def passed(whole: KeptSnapshot, image: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """What the engine's layers make of it, one after the other."""
    outputs: list[NDArray[np.float32]] = []
    weights, current = whole.weights(), image[None]
    for (name, _), layer in zip((*NAMES, *AFTER), NETWORK, strict=True):
        shape = current.shape[1:]
        values = {spec.name: weights[f"{name}/{spec.name}"] for spec in layer.weights(shape)}
        current = prepare(layer, inference_setting(layer, shape, values, images=1)).forward(
            current, training=False
        )
        outputs.append(np.array(current[0], np.float32))
        current = current.copy()
    return outputs


def test_a_whole_network_answers_a_picture_as_the_engine_does(whole: KeptSnapshot) -> None:
    image = np.random.default_rng(2).uniform(0, 255, (12, 12, 3))
    told = activations(whole, ("conv1", "conv2"), question(image, scaling=None))
    outputs = passed(whole, (image.astype(np.float32) / np.float32(255)))
    logits = outputs[-1].astype(np.float64)
    likely = np.exp(logits - logits.max())
    assert told["probabilities"] == pytest.approx((likely / likely.sum()).tolist(), rel=1e-5)
    assert [maps["layer"] for maps in told["layers"]] == ["conv1", "conv2"]
    deep = place(whole, question(image, scaling=None, layer="conv2", filter=1, row=2, column=1))
    assert deep["output"] == pytest.approx(float(outputs[1][2, 1, 1]), abs=1e-4)


def test_classes_that_nobody_named_get_no_probabilities(whole: KeptSnapshot) -> None:
    assert whole.described is not None
    nameless = whole.described.model_copy(update={"class_names": ()})
    snapshot = KeptSnapshot(None, whole.arrays, whole.cache_folder, nameless)
    told = activations(snapshot, ("conv1",), question(np.zeros((12, 12, 3))))
    assert told["probabilities"] is None
    assert told["reason"] == "Which classes its answers stand for isn't known here."


def test_a_filter_of_a_known_network_has_a_window_in_the_picture(whole: KeptSnapshot) -> None:
    first = {array.name: array for array in whole.arrays}
    told = unit(whole, "conv2", 1, first["conv2/kernel"])
    assert told["receptive_field"]["size"] == 7
    assert told["expanded"]["shape"] == "7, 7, 3"
    assert told["patches"] is None
    assert "label" not in told["story"], "a deeper layer looks at no pixels"
    assert unit(whole, "conv1", 0, first["conv1/kernel"])["story"]["label"]


def test_a_broken_layer_is_never_judged(whole: KeptSnapshot, cache_folder: Path) -> None:
    broken = StoredArray("conv1/kernel", (1, 1, 1, 1), np.array([np.nan], "<f4").tobytes())
    snapshot = KeptSnapshot(None, (broken,), cache_folder, whole.described)
    with pytest.raises(Refused, match="NaN or infinity"):
        unit(snapshot, "conv1", 0, broken)
