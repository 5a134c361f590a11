"""Finds the kernels among a file's tensors by the names that Keras, Flax and PyTorch use."""

import itertools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from .axes import Axes, axes_by_shape
from .composed import Leaves, leaves_by_layer
from .files import Layout
from .tensor_names import NamedTensor
from .tensors import StoredTensor
from .unclear import Unclear

_KERAS: Final = re.compile(r"(depthwise_|pointwise_)?kernel(:0)?")
_TORCH: Final = "weight"
# They have weights, but no layer that `watch` would tell of.
_LOOKED_UP: Final = re.compile(r"(?i)\w*embed\w*|wte|wpe|tok\w*|pos(ition)?\w*|shared|lut")
_OTHER_KINDS: Final = re.compile(r"(?i)\w*(lstm|gru|rnn)\w*")
_HEADS: Final = ("query", "key", "value", "out")


class NamedKernel(NamedTuple):
    """A kernel and what stands beside it.

    Attributes:
        title: of its layer.
        axes: the order of its axes.
        leaf: what it was called in the layer.
        bias: what its filters add; None where there is none.
        channels: how many numbers the bias has, or else the norm behind the layer; None if
            neither is there.
    """

    title: str
    tensor: StoredTensor
    axes: Axes
    leaf: str
    bias: StoredTensor | None
    channels: int | None


def kernels_in(
    found: Sequence[NamedTensor], said: Layout | None, in_order: bool, notes: Unclear
) -> list[NamedKernel]:
    """Lists the kernels in the order of the tensors.

    Args:
        in_order: whether that is the network's.
        said: the order of a kernel's axes, if the user says it; it counts more than names.
    """
    layers = leaves_by_layer(found)
    kernels = [
        _kernel(path, leaf, leaves, said, notes)
        for path, leaves in layers.items()
        for leaf in _plain_names(path, leaves)
    ]
    behind = _norms_behind(layers, in_order)
    return [
        kernel
        if kernel.channels is not None
        else kernel._replace(channels=behind.get(kernel.tensor.name))
        for kernel in kernels
    ]


def _plain_names(path: str, leaves: Leaves) -> list[str]:
    parts = re.split(r"[./]", path)
    if any(_LOOKED_UP.fullmatch(part) for part in parts[-1:]) or any(
        _OTHER_KINDS.fullmatch(part) for part in parts
    ):
        return []
    return [
        leaf
        for leaf, tensor in leaves.items()
        if (leaf == _TORCH or _KERAS.fullmatch(leaf))
        and 2 <= len(tensor.shape) <= 5
        and tensor.entries
        and not (len(tensor.shape) == 3 and leaf != _TORCH and parts[-1] in _HEADS)
    ]


def _kernel(
    path: str, leaf: str, leaves: Leaves, said: Layout | None, notes: Unclear
) -> NamedKernel:
    tensor = leaves[leaf]
    title = path or tensor.name.removesuffix(":0")
    if leaf.startswith("pointwise"):
        title = f"{title}.pointwise"
    axes = said or tensor.axes
    if axes is None:
        axes = _by_name(title, leaf, tensor, notes)
    bias = next((leaves[name] for name in ("bias", "bias:0") if name in leaves), None)
    if bias is not None and len(bias.shape) != 1:
        bias = None
    channels = None if bias is None else bias.shape[0]
    return NamedKernel(title, tensor, axes, leaf, bias, channels)


def _by_name(title: str, leaf: str, tensor: StoredTensor, notes: Unclear) -> Axes:
    """Tells the order from the name, as Keras and PyTorch have it, unless the shape forbids it."""
    by_name: Axes = "hwio" if _KERAS.fullmatch(leaf) else "oihw"
    by_shape = axes_by_shape(tensor.shape) or by_name
    if by_shape != by_name:
        notes.add_of(
            title, f"called {leaf}, but the order of its axes ({by_shape}) was told by its shape"
        )
    return by_shape


def _norms_behind(layers: dict[str, Leaves], in_order: bool) -> dict[str, int]:
    """Tells of each kernel how long the list of factors is that follows in the same part.

    In a Sequential that is the next number. Elsewhere the file must be in the network's order.
    """
    behind: dict[str, int] = {}
    pairs = itertools.pairwise(
        (path, leaves[_TORCH]) for path, leaves in layers.items() if _TORCH in leaves
    )
    for (path, kernel), (next_path, norm) in pairs:
        (part, name), (next_part, next_name) = _apart(path), _apart(next_path)
        numbers = name.isdecimal() and next_name.isdecimal()
        follows = int(next_name) == int(name) + 1 if numbers else in_order
        if part == next_part and follows and len(norm.shape) == 1 < len(kernel.shape):
            behind[kernel.name] = norm.shape[0]
    return behind


def _apart(path: str) -> tuple[str, str]:
    part, _, name = path.replace("/", ".").rpartition(".")
    return part, name[:15]
