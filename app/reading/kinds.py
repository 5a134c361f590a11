"""Tells of what kind layers are from their shapes, their names and what stands around them.

A file of weights alone doesn't say whether a layer is transposed, or into how many groups its
channels fall; whatever is guessed is noted.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from .axes import Axes, keras_shape
from .named_kernels import NamedKernel
from .unclear import Unclear

_CALLED_TRANSPOSED: Final = re.compile(
    r"(?i)\w*(deconv|transp|convt|tconv|unconv)\w*|up(s|conv|_conv|sampl\w*|scal\w*)?[_\d]*"
)
_TRANSPOSED: Final = "taken for a transposed convolution, {why}; the file doesn't say it"
_GROUPED: Final = (
    "taken for {what}, since its filters have fewer channels than reach it; the file doesn't say it"
)
_MOST_PIXEL_CHANNELS: Final = 4


class LayerKind(NamedTuple):
    """What a kernel belongs to.

    Attributes:
        name: Keras's, as `conv2d`.
        groups: into how many its channels fall; of a depthwise layer its channels.
    """

    name: str
    axes: Axes
    groups: int = 1


def kinds_of(kernels: Sequence[NamedKernel], in_order: bool, notes: Unclear) -> list[LayerKind]:
    """Tells the kind of each; what reaches a layer counts only where their order is known."""
    kinds: list[LayerKind] = []
    reach: int | None = None  # channels that the layer before hands on
    following = [*kernels[1:], None][: len(kernels)]
    for kernel, behind in zip(kernels, following, strict=True):
        kind = _kind(kernel, reach if in_order else None, behind if in_order else None, notes)
        if kind.name in ("conv1d", "conv2d"):
            kind = _perhaps_grouped(kernel, kind, reach, in_order, notes)
        kinds.append(kind)
        shape = keras_shape(kernel.tensor.shape, kind.axes, kind.name, kind.groups)
        hands_on = shape[-1] * (kind.groups if kind.name.startswith("depthwise") else 1)
        # Behind a dense layer there are no channels, or another network begins.
        reach = hands_on if kind.name != "dense" or hands_on == reach else None
    return kinds


def _kind(
    kernel: NamedKernel, reach: int | None, behind: NamedKernel | None, notes: Unclear
) -> LayerKind:
    dimensions = len(kernel.tensor.shape) - 2
    if dimensions == 0:
        return LayerKind("dense", kernel.axes)
    if kernel.leaf.startswith("depthwise"):
        return LayerKind(f"depthwise_conv{dimensions}d", kernel.axes, kernel.tensor.shape[-2])
    if kernel.axes == "oihw":
        why, groups = _why_transposed(kernel, reach, behind)
    elif _is_called_transposed(kernel):
        why, groups = "after its name", 1
    else:
        why, groups = "", 1
    if not why:
        return LayerKind(f"conv{dimensions}d", kernel.axes)
    notes.add_of(kernel.title, _TRANSPOSED.format(why=why))
    return LayerKind(f"conv{dimensions}d_transpose", _transposed_axes(kernel), groups)


def _why_transposed(
    kernel: NamedKernel, reach: int | None, behind: NamedKernel | None
) -> tuple[str, int]:
    """Says why a kernel is taken for (in, out, …); nothing where it is (out, in, …)."""
    first, second, *space = kernel.tensor.shape
    called, channels = _is_called_transposed(kernel), kernel.channels
    if kernel.bias is None and max(space) == 1 and not called:
        channels = None  # other layers' norms may stand behind a layer that only mixes channels
    if channels == first != second and not (called and second == 1):
        return "", 1
    if channels is not None and channels != first and channels % second == 0:
        groups = channels // second
        if first % groups == 0:
            return f"as {'its bias' if kernel.bias else 'the norm behind it'} fits", groups
    if called:
        return "after its name", first if second == 1 and channels == first else 1
    is_between = behind is not None and _takes(behind) == second
    if channels is None and max(space) > 1 and reach == first != second and is_between:
        return "as it fits its neighbours", 1
    return "", 1


def _takes(kernel: NamedKernel) -> int | None:
    shape = kernel.tensor.shape
    return shape[1] if kernel.axes == "oihw" and len(shape) > 2 else None


def _is_called_transposed(kernel: NamedKernel) -> bool:
    parts = [part for part in re.split(r"[./]", kernel.title) if not part.isdigit()]
    return bool(parts and _CALLED_TRANSPOSED.fullmatch(parts[-1]))


def _transposed_axes(kernel: NamedKernel) -> Axes:
    """Tells Keras's (…, out, in) from Flax's (…, in, out) by what is added to each output."""
    if kernel.axes != "hwio":
        return kernel.axes
    *_, before, last = kernel.tensor.shape
    is_keras = kernel.channels == before != last or kernel.leaf.endswith(":0")
    return "hwoi" if is_keras else "hwio"


def _perhaps_grouped(
    kernel: NamedKernel, kind: LayerKind, reach: int | None, in_order: bool, notes: Unclear
) -> LayerKind:
    """Takes a layer for depthwise or grouped whose filters see few of the channels that reach it.

    Only where that would make it look at pixels, which it doesn't: there a wrong guess misleads.
    """
    *_, inputs, outputs = keras_shape(kernel.tensor.shape, kind.axes, kind.name)
    if reach is None or inputs > _MOST_PIXEL_CHANNELS or reach <= inputs or outputs == 1:
        return kind
    if inputs == 1:
        channels = reach if in_order and outputs % reach == 0 else outputs
        notes.add_of(kernel.title, _GROUPED.format(what="a depthwise layer"))
        return LayerKind(f"depthwise_{kind.name}", kind.axes, channels)
    groups, rest = divmod(reach, inputs)
    if rest or outputs % groups:
        return kind
    notes.add_of(kernel.title, _GROUPED.format(what=f"a layer of {groups} groups"))
    return kind._replace(groups=groups)
