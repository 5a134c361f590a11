"""`watch` for PyTorch: counts the updates of a model's optimiser and takes its weights when due."""

from __future__ import annotations

import os
from typing import Any

from .chain import NotExact
from .torch_chain import chain_of
from .torch_layers import is_sharded, layers_of, unwrapped, with_kernels
from .torch_steps import OptimizerSteps
from .watched_network import WatchedNetwork

_SHARDED = (
    "this model's weights are spread over processes (FSDP or ZeRO), so no process has a whole "
    "filter to show: it isn't watched"
)
_NOTHING = "this model has no layer whose weights could be shown: it isn't watched"
_NEVER_UPDATED = "no optimiser of torch.optim updated this model, so nothing was watched"


class TorchHooks:
    """Takes a model's weights when they are due, as its optimisers' steps tell.

    The model itself gets no hook and stays as it is: it can be compiled, copied and saved.

    Args:
        run: what is told. The registration goes there with the first snapshot, since only then
            lazy layers have a shape, weights are loaded, and processes know their rank.
        input_shape: height, width and channels of an image, where the script says it.
        named: paths of modules that every snapshot holds.
    """

    def __init__(
        self,
        model: Any,
        run: Any,
        input_shape: tuple[int, ...] | None = None,
        named: tuple[str, ...] = (),
    ) -> None:
        self._model, self._run = unwrapped(model), run
        self._input_shape, self._named = input_shape, named
        self._network: WatchedNetwork | None = None
        self._is_waiting = True
        run.at_close = self._close
        self._steps = OptimizerSteps(self._model, run, self._begin, self._counted, self._give_up)

    def _counted(self) -> int:
        """Goes on behind an update; gives the count at which there is something to do again."""
        assert self._network is not None
        self._network.counted()
        return self._network.next_look

    def _begin(self) -> None:
        """Registers the network as it is before its first update, and takes frame 0."""
        if (reason := self._not_watched()) is not None:
            self._remove()
            if reason:
                self._run.say(reason)
            return
        try:
            told, layers = chain_of(self._model, self._input_shape)
        except NotExact:
            told, layers = None, layers_of(self._model)
        self._is_waiting = False
        self._network = WatchedNetwork(self._run, layers, told, self._named, holds=True)
        self._run.register({"layers": self._network.told, "network": told, "loss_kind": "batch"})
        self._network.take(is_edge=True)

    def _not_watched(self) -> str | None:
        """Says why this process tells nothing: another tells it, or it can't be told."""
        if rank() != 0:
            return ""
        if is_sharded(self._model):
            return _SHARDED
        return None if with_kernels(self._model) else _NOTHING

    def _close(self) -> None:
        """Takes the last frame."""
        if self._network is not None:
            self._network.take(is_edge=True)
        elif self._is_waiting and rank() == 0:
            self._run.say(_NEVER_UPDATED)
        self._remove()

    def _give_up(self, error: Exception) -> None:
        self._remove()
        self._network = None
        self._run.say(f"watching stopped ({type(error).__name__}: {error}); training goes on")

    def _remove(self) -> None:
        self._is_waiting = False
        self._steps.remove()


def rank() -> int:
    """Gives this process's number among those that train together; 0 where it trains alone."""
    import torch

    if torch.distributed.is_available() and torch.distributed.is_initialized():
        return int(torch.distributed.get_rank())
    return int(os.environ.get("RANK", 0))
