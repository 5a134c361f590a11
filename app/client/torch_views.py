"""NumPy's views of a layer's tensors, kept while the tensors stay where they are."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from .torch_copies import FEW
from .torch_kernels import Turned

Shape = tuple[int, ...]
Place = tuple[int, Shape]


class KeptViews:
    """What copies a layer's weights as they lie, so that the sender's thread turns their axes.

    To have PyTorch turn them would take longer than the copy. Only weights that stand in the layer
    as they are have such views: those that a parametrisation works out don't, nor do large ones,
    which PyTorch copies faster.

    Args:
        module: whose weights they are; None has no views.
    """

    def __init__(self, module: Any) -> None:
        self._module = module
        self._places: list[Place] = []
        self._views: dict[str, tuple[Any, Shape]] = {}

    def copies(self) -> dict[str, Callable[[], Any]] | None:
        """Copies the weights; None if they aren't where they were.

        Each is called to get a float32 array in C order.
        """
        if not self._views or self._places != _places(self._module):
            return None
        return {
            name: partial(_in_order, view.copy("K"), shape)
            for name, (view, shape) in self._views.items()
        }

    def keep(self, weights: Sequence[tuple[str, Turned]]) -> None:
        """Keeps views of weights if there can be any."""
        self._views = {}
        with contextlib.suppress(Exception):  # a kind of tensor that has no memory of its own
            own = {tensor.untyped_storage().data_ptr() for tensor in _tensors(self._module)}
            if not all(_is_plain(turned.tensor, own) for _, turned in weights):
                return
            self._places = _places(self._module)
            self._views = {
                name: (tensor.detach().numpy(), shape) for name, (tensor, shape) in weights
            }


def _in_order(copy: Any, shape: Shape) -> Any:
    return copy.astype("<f4", order="C", copy=False).reshape(shape)


def _tensors(module: Any) -> list[Any]:
    held = (*module._parameters.values(), *module._buffers.values()) if module is not None else ()
    return [tensor for tensor in held if tensor is not None]


def _places(module: Any) -> list[Place]:
    """Says where in memory a module's tensors begin, and how they lie there."""
    return [(tensor.data_ptr(), tensor.stride()) for tensor in _tensors(module)]


def _is_plain(tensor: Any, storages: set[int]) -> bool:
    import torch

    return (
        type(tensor) in (torch.Tensor, torch.nn.Parameter)
        and tensor.device.type == "cpu"
        and tensor.dtype == torch.float32
        and tensor.numel() < FEW
        and tensor.untyped_storage().data_ptr() in storages
    )
