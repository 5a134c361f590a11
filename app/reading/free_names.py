"""Takes tensors for kernels by their shapes, in files that name nothing as others do."""

import re
from collections.abc import Sequence
from typing import Final

from .axes import Axes, axes_by_shape
from .contents import WeightsUnreadable
from .files import Layout
from .named_kernels import NamedKernel
from .tensor_names import NamedTensor
from .unclear import Unclear

_LIKELY: Final = re.compile(r"(?i).*(kernel|weight|conv|filter|dense|linear|fc)s?.*|w\d*")


def with_free_names(
    kernels: list[NamedKernel], found: Sequence[NamedTensor], said: Layout | None, notes: Unclear
) -> list[NamedKernel]:
    """Adds what has a kernel's shape, if none of those found by name is a conv layer's.

    Raises:
        WeightsUnreadable: the order of their axes can't be told, and nobody said it.
    """
    if any(len(kernel.tensor.shape) > 2 for kernel in kernels):
        return kernels
    named = {kernel.tensor.name for kernel in kernels}
    likely = [
        tensor
        for _, _, tensor in found
        if tensor.entries
        and tensor.name not in named
        and 2 <= len(tensor.shape) <= 5
        and (len(tensor.shape) == 4 or _LIKELY.fullmatch(tensor.name))
    ]
    by_shape = {tensor.name: axes_by_shape(tensor.shape) for tensor in likely}
    votes = {axes for axes in by_shape.values() if axes is not None}
    agreed = votes.pop() if len(votes) == 1 else None
    free = []
    for tensor in likely:
        axes: Axes | None = said or tensor.axes or by_shape[tensor.name] or agreed
        if axes is None and (len(tensor.shape) == 2 or "kernel" in tensor.name.lower()):
            axes = "hwio"
        if axes is None:
            raise WeightsUnreadable(
                f"{tensor.name[:100]} has the shape {tensor.shape}, and nothing says which of its "
                "axes are channels; add --layout hwio (height, width, in, out) or --layout oihw"
            )
        if tensor.axes is None and said is None:
            notes.add_of(tensor.name, f"the order of its axes ({axes}) was guessed from its shape")
        free.append(NamedKernel(tensor.name, tensor, axes, "", None, None))
    return [*kernels, *free]
