"""Tells of what kind layers are from their shapes, their names and what stands around them.

A file of weights alone doesn't say whether a layer is transposed, or into how many groups its
channels fall; whatever is guessed is noted.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from .axes import Axes, keras_shape
from .grouping import Grouping
from .named_kernels import NamedKernel
from .unclear import Unclear

_CALLED_TRANSPOSED: Final = re.compile(
    r"(?i)\w*(deconv|transp|convt|tconv|unconv)\w*|up(s|conv|_conv|sampl\w*|scal\w*)?[_\d]*"
)
_TRANSPOSED: Final = "taken for a transposed convolution, {why}; the file doesn't say it"


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
    grouping = Grouping(in_order and _is_chain(kernels), in_order, notes)
    following = [*kernels[1:], None][: len(kernels)]
    for kernel, behind in zip(kernels, following, strict=True):
        reach = grouping.reach
        kind = _kind(kernel, reach if in_order else None, behind if in_order else None, notes)
        shape = keras_shape(kernel.tensor.shape, kind.axes, kind.name)
        if kind.name in ("conv1d", "conv2d"):
            name, groups = grouping.of(kernel.title, kind.name, shape)
            kind = kind._replace(name=name, groups=groups)
        repeats = kind.groups if kind.name.endswith("transpose") else 1
        grouping.hand_on(kind.name, shape[-2], shape[-1] * repeats)
        kinds.append(kind)
    return kinds


def _is_chain(kernels: Sequence[NamedKernel]) -> bool:
    """Tells whether each layer takes what the one before hands on: then there are no branches."""
    convs = [kernel for kernel in kernels if kernel.axes == "oihw" and len(kernel.tensor.shape) > 2]
    hand_on = [kernel.channels if kernel.bias else kernel.tensor.shape[0] for kernel in convs]
    taken = [kernel.tensor.shape[:2] for kernel in convs[1:]]
    return all(
        not count or count % second == 0 or first == count
        for count, (first, second) in zip(hand_on[:-1], taken, strict=True)
    )


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
    if channels == second != first:
        return f"as {'its bias' if kernel.bias else 'the norm behind it'} fits", 1
    if kernel.bias is not None and channels is not None and channels != first:
        groups, rest = divmod(channels, second)
        if not rest and first % groups == 0:
            return "as its bias fits", groups
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
