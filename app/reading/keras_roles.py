"""Which of a layer's arrays is its kernel, its bias, its moving mean."""

import re
from collections.abc import Sequence
from typing import Final

from .hdf5.arrays import Hdf5Array
from .keras_kernels import Reads, reader
from .keras_stored import StoredLayer

_KERNELS: Final = ("kernel", "W")
_DEPTHWISE: Final = ("depthwise_kernel", *_KERNELS)
_BIASES: Final = ("bias", "b")
_AVERAGES: Final = {
    "gamma": ("gamma",),
    "beta": ("beta",),
    "moving_mean": ("moving_mean", "running_mean"),
    "moving_variance": ("moving_variance", "running_std"),
}
_KNOWN: Final = re.compile(r"(?:^|_)(?:kernel|W|bias|b|gamma|beta|mean|variance|std)$")


def kernel_array(stored: StoredLayer) -> Hdf5Array | None:
    """Returns the one kernel."""
    return _role(stored, _DEPTHWISE, 0)


def pointwise_array(stored: StoredLayer) -> Hdf5Array | None:
    """Returns the second kernel of a separable convolution."""
    return _role(stored, ("pointwise_kernel",), 1)


def bias_array(stored: StoredLayer, outputs: int, at: int = 1) -> Hdf5Array | None:
    """Returns the bias, if it is one for so many outputs.

    Args:
        at: its number where arrays have no names.
    """
    found = _role(stored, _BIASES, at)
    return found if found is not None and found.shape == (outputs,) else None


def averages(stored: StoredLayer, *, scale: bool, center: bool) -> dict[str, Reads]:
    """Returns what reads a batch normalisation's arrays, by their names."""
    named = [
        name for name in _AVERAGES if (name != "gamma" or scale) and (name != "beta" or center)
    ]
    found = {name: _role(stored, _AVERAGES[name], at) for at, name in enumerate(named)}
    return {name: reader(array) for name, array in found.items() if array is not None}


def _role(stored: StoredLayer, names: Sequence[str], at: int) -> Hdf5Array | None:
    for name in names:
        for leaf, array in stored.arrays:
            if leaf == name or leaf.endswith(f"_{name}"):
                return array
    is_counted = not any(_KNOWN.search(leaf) for leaf, _ in stored.arrays)
    return stored.arrays[at][1] if is_counted and at < len(stored.arrays) else None
