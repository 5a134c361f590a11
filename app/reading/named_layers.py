"""Layers out of tensors that have names and shapes, and nothing else."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from ..external.registration import MOST_ENTRIES, MOST_LAYERS, RegisteredLayer
from .axes import in_keras_order, keras_shape
from .contents import FoundLayer, WeightsUnreadable
from .files import Layout
from .free_names import with_free_names
from .kinds import LayerKind, kinds_of
from .named_kernels import NamedKernel, kernels_in
from .tensor_names import natural, of_the_network
from .tensors import StoredTensor, TensorList
from .unclear import Unclear

_PIXEL_CHANNELS: Final = (3, 4, 1)  # later layers often have filters of one channel
_LONGEST_TITLE: Final = 2000


def layers_of(found: TensorList, said: Layout | None) -> tuple[FoundLayer, ...]:
    """Makes layers of all tensors that are kernels; biases go with them.

    Args:
        said: the order of a kernel's axes, if the user says it; it counts more than names.

    Raises:
        WeightsUnreadable: there is none, or the order of their axes can't be told.
    """
    notes = found.notes
    tensors = list(found.tensors)
    if not found.in_order:
        tensors.sort(key=lambda tensor: natural(tensor.name))
    named = of_the_network(tensors, notes)
    kernels = with_free_names(kernels_in(named, said, found.in_order, notes), named, said, notes)
    if not found.in_order:
        kernels = _pixels_first(kernels, notes)
    kinds = kinds_of(kernels, found.in_order, notes)
    layers = [
        layer_of(kernel.title, kind, kernel.tensor, kernel.bias, notes)
        for kernel, kind in zip(kernels, kinds, strict=True)
    ]
    return checked(layers, len(found.tensors), notes)


def checked(
    layers: list[FoundLayer | None], tensors: int, notes: Unclear
) -> tuple[FoundLayer, ...]:
    """Returns those that are there, as many as a run may have; WeightsUnreadable without any."""
    there = tuple(layer for layer in layers if layer is not None)
    if not there:
        why = "".join(f" ({note})" for note in notes.told()[:1])
        raise WeightsUnreadable(
            f"none of its {tensors:,} tensors is a layer's kernel{why}; "
            "open the file that keeps the network's weights"
        )
    if len(there) > MOST_LAYERS:
        notes.add(f"it has {len(there):,} layers; the first {MOST_LAYERS:,} are shown")
    return there[:MOST_LAYERS]


def layer_of(
    title: str,
    kind: LayerKind,
    kernel: StoredTensor,
    bias: StoredTensor | None,
    notes: Unclear,
    **settings: object,
) -> FoundLayer | None:
    """Describes a layer, with whatever else is known of it; None if it can't be shown."""
    shape = keras_shape(kernel.shape, kind.axes, kind.name, kind.groups)
    if kernel.entries > MOST_ENTRIES:
        notes.add_of(title, f"left out, for its kernel has more than {MOST_ENTRIES:,} numbers")
        return None
    if kernel.element.stored_as is None:
        notes.add_of(title, f"left out, for numbers of type {kernel.element.title} aren't read")
        return None
    if kernel.element.is_whole:
        notes.add_of(
            title, f"kept as whole numbers ({kernel.element.title}), shown without a scale"
        )
    outputs = shape[-1] * (kind.groups if kind.name.startswith("depthwise") else 1)
    if bias is not None and bias.shape != (outputs,):
        notes.add_of(
            title, f"its bias was left aside, for it isn't one number for each of {outputs}"
        )
        bias = None
    try:
        described = RegisteredLayer.model_validate(
            {
                "title": title[:_LONGEST_TITLE],
                "kind": kind.name,
                "shape": shape,
                "groups": kind.groups,
                "bias": bias is not None,
                **settings,
            }
        )
    except ValidationError:
        notes.add_of(title, "left out, for the file says of it what can't be")
        return None
    return FoundLayer(described, _turning(kernel, kind, shape), None if bias is None else bias.read)


def _turning(
    kernel: StoredTensor, kind: LayerKind, shape: tuple[int, ...]
) -> Callable[[], NDArray[np.float32]]:
    def read() -> NDArray[np.float32]:
        turned = in_keras_order(kernel.read(), kind.axes, kind.name, kind.groups)
        return turned.reshape(shape)

    return read


def _pixels_first(kernels: list[NamedKernel], notes: Unclear) -> list[NamedKernel]:
    """Begins with the layer that can look at pixels, where the order is that of the alphabet."""
    by_channels = {_channels(kernel): kernel for kernel in reversed(kernels)}
    first = next((by_channels[count] for count in _PIXEL_CHANNELS if count in by_channels), None)
    convs = [kernel for kernel in kernels if len(kernel.tensor.shape) > 2]
    if len(convs) > 1:
        notes.add("the order of its layers isn't in the file; they stand in that of their names")
    if first is None or first is convs[0]:
        return kernels
    notes.add_of(first.title, "put first, since it can look at pixels")
    return [first, *(kernel for kernel in kernels if kernel is not first)]


def _channels(kernel: NamedKernel) -> int | None:
    """Counts the channels that a 2-D conv layer's filters have; None of other layers."""
    shape = kernel.tensor.shape
    if len(shape) != 4 or kernel.leaf.startswith("depthwise"):
        return None
    return {"oihw": shape[1], "ohwi": shape[3]}.get(kernel.axes, shape[2])
