"""One number of a feature map, taken apart; and the textbook's convolution, all of it."""

from typing import Any

import numpy as np

from ..analysis.single_place import (
    Floats,
    Pads,
    Pair,
    SinglePlace,
    all_places,
    shape_of_output,
    single_place,
)
from ..vocabulary.layers import Conv2D
from ..vocabulary.layers.layer import Padding
from ..vocabulary.layers.naming import kernel_name, named, weight_name
from .arrays import numbers_of, unpacked
from .refused import Refused
from .seen import see
from .snapshot import KeptSnapshot

LONGEST_SIDE = 64
MOST_CHANNELS = 16


def place_in_network(kept: KeptSnapshot, question: dict[str, Any]) -> dict[str, Any]:
    """Gives the output of one filter at one place, with the layer's own settings unless overridden.

    Raises:
        Refused: there is no such filter, place or image.
    """
    layer = question["layer"]
    setting = _setting(kept, layer)
    kernels = unpacked(kept.arrays)[kernel_name(layer)]
    number, filters = question["filter"], kernels.shape[3]
    if number >= filters:
        message = f"{layer} has {filters} filters, counted from 0; there is no {number}"
        raise Refused(message, "filter", filters - 1)
    inputs = np.nan_to_num(see(kept, question).walk.inputs[layer]).astype(np.float64)
    bias = float(unpacked(kept.arrays)[weight_name(layer, "bias")][number])
    strides = question["strides"] or setting.strides
    padding = question["padding"] or setting.padding
    told = worked(
        inputs,
        kernels[..., number].astype(np.float64),
        question,
        bias=bias,
        strides=strides,
        padding=padding,
        activation=setting.activation,
    )
    return {"layer": layer, "filter": number, **told}


def place_by_hand(question: dict[str, Any]) -> dict[str, Any]:
    """Returns one output of an image and a kernel that were sent, and the sums at every place.

    Raises:
        Refused: they aren't numbers, don't fit each other, or there is no such place.
    """
    image, kernel = _cube(question, "image"), _cube(question, "kernel")
    if image.shape[2] != kernel.shape[2]:
        message = (
            f"image has {image.shape[2]} channels and kernel {kernel.shape[2]}: make them equal"
        )
        raise Refused(message, "kernel", image.shape[2])
    settings = {"strides": question["strides"], "padding": question["padding"]}
    told = worked(
        image,
        kernel,
        question,
        bias=question["bias"],
        activation=question["activation"],
        **settings,
    )
    turned = kernel[::-1, ::-1] if question["flip"] else kernel
    return told | {"sums": all_places(image, turned, **settings).tolist()}


def _setting(kept: KeptSnapshot, layer: str) -> Conv2D:
    setting = dict(named(kept.layers))[layer]
    assert isinstance(setting, Conv2D)
    return setting


def _cube(question: dict[str, Any], field: str) -> Floats:
    numbers = numbers_of(question[field], field)
    if numbers.ndim == 2:
        numbers = numbers[..., None]
    if numbers.ndim != 3:
        raise Refused(f"{field} must be rows of numbers, or rows of pixels of channels", field)
    if max(numbers.shape[:2]) > LONGEST_SIDE:
        raise Refused(f"{field} may be up to {LONGEST_SIDE}×{LONGEST_SIDE}", field, LONGEST_SIDE)
    if numbers.shape[2] > MOST_CHANNELS:
        raise Refused(f"{field} may have up to {MOST_CHANNELS} channels", field, MOST_CHANNELS)
    return numbers


def worked(
    image: Floats,
    kernel: Floats,
    question: dict[str, Any],
    *,
    bias: float,
    strides: int | Pair,
    padding: Padding | Pads,
    activation: str,
    dilation: Pair = (1, 1),
) -> dict[str, Any]:
    """Takes one output apart, as the answer tells it; Refused if there is no such place."""
    try:
        rows, columns = shape_of_output(image, kernel, strides, padding, dilation)
    except ValueError as reason:
        raise Refused(str(reason), "padding") from None
    for field, length in (("row", rows), ("column", columns)):
        if question[field] >= length:
            message = (
                f"{field} is {question[field]}; {rows}×{columns} numbers come out, from (0, 0)"
            )
            raise Refused(message, field, length - 1)
    place = single_place(
        image,
        kernel,
        (question["row"], question["column"]),
        bias=bias,
        strides=strides,
        padding=padding,
        dilation=dilation,
        activation=activation,
        flip=question["flip"],
    )
    return {
        **_slid(strides, padding, dilation),
        "flip": question["flip"],
        "activation": activation,
        **_told(place),
    }


def _slid(strides: int | Pair, padding: Padding | Pads, dilation: Pair) -> dict[str, Any]:
    """Tells the settings; what lies uneven only where it does."""
    down, across = (strides, strides) if isinstance(strides, int) else strides
    told: dict[str, Any] = {"strides": down}
    told["padding"] = padding if isinstance(padding, str) else "explicit"
    told |= {"strides_across": across} if across != down else {}
    return told | ({"dilation": list(dilation)} if dilation != (1, 1) else {})


def _told(place: SinglePlace) -> dict[str, Any]:
    return {
        "row": place.row,
        "column": place.column,
        "output_shape": list(place.output_shape),
        "top": place.top,
        "left": place.left,
        "patch": place.patch.tolist(),
        "kernel": place.kernel.tolist(),
        "products": place.products.tolist(),
        "sum": place.total,
        "bias": place.bias,
        "output": place.output,
    }
