"""Kernels that PyTorch keeps in parts: normed, pruned, or held to a spectral norm of 1."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .contents import WeightsUnreadable
from .tensor_names import NamedTensor
from .tensors import StoredTensor

_PARAMETRISED: Final = re.compile(r"(?P<path>.*?)\.?\bparametrizations\.weight(\.0)?")
_LEAVES: Final = {
    "original0": "weight_g",
    "original1": "weight_v",
    "original": "weight_orig",
    "_u": "weight_u",
    "_v": "weight_v",
}
Leaves = dict[str, StoredTensor]


def leaves_by_layer(found: Sequence[NamedTensor]) -> dict[str, Leaves]:
    """Groups tensors by the layer that they belong to; composed weights are `weight` there."""
    layers: dict[str, Leaves] = {}
    for named in found:
        path, leaf = _as_older(named.path, named.leaf)
        layers.setdefault(path, {})[leaf] = named.tensor
    for leaves in layers.values():
        if "weight" not in leaves and (whole := composed(leaves)) is not None:
            leaves["weight"] = whole
    return layers


def _as_older(path: str, leaf: str) -> tuple[str, str]:
    """Gives path and leaf of a part under the names that PyTorch had before parametrisations."""
    found = _PARAMETRISED.fullmatch(path)
    if found is None or leaf not in _LEAVES:
        return path, leaf
    return found["path"], _LEAVES[leaf]


def composed(leaves: Leaves) -> StoredTensor | None:
    """Makes of a layer's parts the weights that its next pass would use; None if it has none."""
    size, direction = leaves.get("weight_g"), leaves.get("weight_v")
    kept, mask, upper = (leaves.get(f"weight_{part}") for part in ("orig", "mask", "u"))
    if size is not None and direction is not None:
        return direction._replace(read=lambda: _normed(direction.read(), size.read()))
    if kept is None:
        return None
    if mask is not None and mask.shape == kept.shape:
        return kept._replace(read=lambda: kept.read() * mask.read())
    if upper is not None and direction is not None:
        return kept._replace(read=lambda: _held(kept.read(), upper.read(), direction.read()))
    return None


def _normed(direction: NDArray[np.float32], size: NDArray[np.float32]) -> NDArray[np.float32]:
    """Gives g·v/‖v‖ (Salimans and Kingma, 2016), the norm taken over the axes where g has one."""
    axes = tuple(axis for axis in range(direction.ndim) if size.shape[axis : axis + 1] == (1,))
    fits = size.ndim in (0, direction.ndim)
    norm = np.sqrt(np.square(direction).sum(axis=axes or None, keepdims=True))
    if not fits or (size.ndim and size.shape != norm.shape):
        raise WeightsUnreadable("weight_g doesn't fit weight_v; the file is damaged")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(direction * (size / norm), np.float32)


def _held(
    kept: NDArray[np.float32], upper: NDArray[np.float32], lower: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Gives W/(uᵀWv) (Miyato et al., 2018); transposed layers have out as their second axis."""
    axis = 0 if upper.size == kept.shape[0] else 1
    flat = np.moveaxis(kept, axis, 0).reshape(kept.shape[axis], -1)
    if upper.shape != flat.shape[:1] or lower.shape != flat.shape[1:]:
        raise WeightsUnreadable("weight_u and weight_v don't fit weight_orig; the file is damaged")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(kept / (upper @ flat @ lower), np.float32)
