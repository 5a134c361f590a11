"""Tensors of PyTorch as NumPy arrays, without waiting for a GPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Shape = tuple[int, ...]
FEW = 65_536  # numbers, up to which NumPy turns axes in half the time


class PinnedCopy:
    """A copy on its way from a GPU into pinned memory; who calls it waits until it is there.

    The copy stands in the stream of the training, behind the update that was made and before the
    next, so it holds just what the update left. Only the sender's thread waits.
    """

    def __init__(self, host: Any, event: Any, shape: Shape) -> None:
        self._host, self._event, self._shape = host, event, shape

    def __call__(self) -> Any:
        """Waits for the copy and gives the float32 array, C-contiguous."""
        self._event.synchronize()
        return self._host.numpy().reshape(self._shape)


def copied(tensor: Any, shape: Shape) -> Any | Callable[[], Any]:
    """Copies a tensor, in whatever order it lies, as a float32 array of `shape`.

    Gives the array, or for a tensor on a GPU something that gives it once it is called.
    """
    import numpy as np
    import torch

    source = tensor.detach()
    if source.device.type == "cuda":
        host = torch.empty(source.shape, dtype=torch.float32, pin_memory=True)
        host.copy_(source.to(torch.float32).contiguous(), non_blocking=True)
        event = torch.cuda.Event()
        event.record()
        return PinnedCopy(host, event, shape)
    if source.dtype == torch.float32 and source.numel() < FEW and source.device.type == "cpu":
        return np.array(source.numpy(), "<f4", order="C").reshape(shape)
    host = torch.empty(source.shape, dtype=torch.float32)
    host.copy_(source)
    return host.numpy().reshape(shape)
