"""One number of a layer that a program trains elsewhere, taken apart on a picture that one brings.

Exactly what the program's framework computes there, or nothing: what isn't known of the layer is
asked for, never guessed.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis import filters_of
from ..analysis.single_place import Pads, Pair
from ..external.described import Described, DescribedLayer
from ..vocabulary.layers import Conv2D, DepthwiseConv2D
from ..vocabulary.layers.layer import Padding
from ..vocabulary.layers.naming import kernel_name, named, weight_name
from .brought import brought, scaled_as_said
from .place import worked
from .refused import Refused
from .seen import see
from .snapshot import KeptSnapshot

_OURS = ("linear", "relu", "tanh", "sigmoid")


class Slid(NamedTuple):
    """How a layer is slid over its input, and what becomes of its sums."""

    strides: Pair
    padding: Padding | Pads
    dilation: Pair
    activation: str
    note: str | None


def place_on_picture(
    kept: KeptSnapshot, described: Described, question: dict[str, Any]
) -> dict[str, Any]:
    """Gives one output of one filter at one place.

    Raises:
        Refused: there is no such filter or place, the picture doesn't fit, or something of the
            layer isn't known.
    """
    name, number = question["layer"], question["filter"]
    layer = described.layer(name)
    if layer.kind not in ("conv2d", "depthwise_conv2d"):
        message = f"{layer.title} is a {layer.kind}: only filters that slide over pictures can be "
        raise Refused(f"{message}followed here", "layer")
    stored = kept.weights().get(kernel_name(name))
    if stored is None:
        raise Refused(f"The weights of {name} weren't sent at this step", "step")
    kernels = filters_of(layer.kind, stored)
    if number >= kernels.shape[3]:
        message = f"{name} has {kernels.shape[3]} filters, counted from 0; there is no {number}"
        raise Refused(message, "filter", kernels.shape[3] - 1)
    slid = _slid(kept, layer, question)
    inputs = _inputs(kept, layer, stored, question)
    seen = _channels_of(layer, stored, kernels, number)
    told = worked(
        inputs[..., seen].astype(np.float64),
        kernels[..., number].astype(np.float64),
        question,
        bias=_bias(kept, layer, number),
        strides=slid.strides,
        padding=slid.padding,
        dilation=slid.dilation,
        activation=slid.activation,
    )
    channels = {"channels": [seen.start, seen.stop], "note": slid.note}
    return {"layer": name, "filter": number, **told, **channels}


def _inputs(
    kept: KeptSnapshot,
    layer: DescribedLayer,
    kernel: NDArray[np.float32],
    question: dict[str, Any],
) -> NDArray[np.float32]:
    """Returns what the layer is laid over: the picture, or what the layers before it make of it."""
    if kept.network is not None:
        found = see(kept, question).walk.inputs.get(layer.name)
        if found is None:
            raise Refused(f"Not all weights before {layer.name} were sent at this step", "step")
        return np.nan_to_num(found)
    channels = kernel.shape[2] * (1 if layer.is_depthwise else layer.groups)
    return scaled_as_said(brought(question, channels).pixels, question)


def _channels_of(
    layer: DescribedLayer, kernel: NDArray[np.float32], filters: NDArray[np.float32], number: int
) -> slice:
    """Returns the channels that a filter sees: all, or those of its group."""
    if layer.is_depthwise:
        channel = number // kernel.shape[3]
        return slice(channel, channel + 1)
    each = filters.shape[2]
    group = number // (filters.shape[3] // layer.groups)
    return slice(group * each, (group + 1) * each)


def _bias(kept: KeptSnapshot, layer: DescribedLayer, number: int) -> float:
    bias = kept.weights().get(weight_name(layer.name, "bias"))
    if bias is None and layer.bias is not False:
        raise Refused(f"The bias of {layer.name} wasn't sent at this step", "step")
    return 0.0 if bias is None else float(bias[number])


def _slid(kept: KeptSnapshot, layer: DescribedLayer, question: dict[str, Any]) -> Slid:
    ours = dict(named(kept.layers)).get(layer.name) if kept.network is not None else None
    if isinstance(ours, Conv2D | DepthwiseConv2D):
        known: tuple[Any, ...] = ((ours.strides,) * 2, ours.padding, (1, 1), ours.activation)
    else:
        known = (layer.strides, layer.padding, layer.dilation, layer.activation)
    strides = (question["strides"],) * 2 if question["strides"] else known[0]
    padding = question["padding"] or known[1]
    if strides is None or padding is None:
        field = "strides" if strides is None else "padding"
        message = f"the program didn't say the {field} of {layer.title}: say them in the question"
        raise Refused(message, field)
    activation = known[3] or "linear"
    if activation in _OURS:
        return Slid(strides, padding, known[2] or (1, 1), activation, None)
    note = (
        f"This is the sum before {layer.title}'s activation, {activation}, which isn't known here."
    )
    return Slid(strides, padding, known[2] or (1, 1), "linear", note)
