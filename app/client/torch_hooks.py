"""`watch` for PyTorch: counts the updates of a model's optimiser and takes its weights when due."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Callable
from typing import Any

from .chain import NotExact
from .torch_chain import chain_of
from .torch_layers import is_sharded, kind_of, layers_of, unwrapped, with_kernels
from .watched_network import WatchedNetwork

_SHARDED = (
    "this model's weights are spread over processes (FSDP or ZeRO), so no process has a whole "
    "filter to show: it isn't watched"
)
_NOTHING = "this model has no layer whose weights could be shown: it isn't watched"
_NEVER_UPDATED = "no optimiser of torch.optim updated this model, so nothing was watched"


class TorchHooks:
    """Two hooks that every optimiser calls around its step.

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
        from torch.optim import optimizer

        self._model, self._run = unwrapped(model), run
        self._input_shape, self._named = input_shape, named
        self._network: WatchedNetwork | None = None
        self._anchor: Any = None
        self._outermost: Any = None
        self._usual: Callable[[], Any] = _nobody
        self._usual_groups = 0
        self._is_waiting = True
        self._ours: dict[int, tuple[Any, tuple[int, ...], bool]] = {}
        run.at_close = self._close
        self._is_compiling, apart = _ways_out_of_graphs()
        self._before_apart, self._after_apart = apart(self._before), apart(self._after)
        self._handles = [
            optimizer.register_optimizer_step_pre_hook(self._before),
            optimizer.register_optimizer_step_post_hook(self._after),
        ]

    def _before(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        """Notes whose step begins: one that calls another's, as wrappers do, counts once."""
        if self._is_compiling():
            self._before_apart(optimizer, args, kwargs)
        elif (
            self._outermost is None
            and self._usual() is optimizer
            and len(optimizer.param_groups) == self._usual_groups
        ):
            self._outermost = optimizer
        else:
            self._look_at(optimizer)

    def _after(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        """Counts the update, and takes the weights if they are due."""
        if self._is_compiling():
            return self._after_apart(optimizer, args, kwargs)
        if optimizer is not self._outermost:
            return
        self._outermost = None
        network, run = self._network, self._run
        if network is None:
            return
        if not _was_skipped(optimizer):
            run.count = count = run.count + 1
            if count >= network.next_look:
                self._usual = _nobody  # whom it updates is looked up anew
                try:
                    network.counted()
                except Exception as error:
                    self._give_up(error)
        if run.alerts:
            run.heard()

    def _look_at(self, optimizer: Any) -> None:
        """Notes an optimiser whose step begins, if it is one of this model's."""
        try:
            if self._network is None and self._shares_weights_with(optimizer):
                self._begin()
            outermost = self._outermost
            if outermost is not None and outermost is not optimizer and not _is_called(outermost):
                outermost = None  # its step was broken off
            if outermost is None and self._is_ours(optimizer):
                outermost = optimizer
                self._usual, self._usual_groups = weakref.ref(optimizer), len(optimizer.param_groups)
            self._outermost = outermost
        except Exception as error:
            self._give_up(error)

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

    def _shares_weights_with(self, optimizer: Any) -> bool:
        """Tells whether an optimiser updates anything of the model: frame 0 is before that."""
        model = {id(parameter) for parameter in self._model.parameters()}
        return any(id(p) in model for group in optimizer.param_groups for p in group["params"])

    def _is_ours(self, optimizer: Any) -> bool:
        """Tells whether an optimiser updates the first convolution that learns.

        Its parameters are looked up anew, since parametrisations and loading replace them.
        """
        if self._anchor is None:
            self._anchor = _anchor(self._model)
        anchor = self._anchor
        marks = (len(optimizer.param_groups), *map(id, anchor._parameters.values()))
        known = self._ours.get(id(optimizer))
        if known and known[0]() is optimizer and known[1] == marks:
            return known[2]
        ours = {id(parameter) for parameter in anchor.parameters()}
        found = any(id(p) in ours for group in optimizer.param_groups for p in group["params"])
        self._ours[id(optimizer)] = weakref.ref(optimizer), marks, found
        return found

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
        for handle in self._handles:
            handle.remove()


def rank() -> int:
    """Gives this process's number among those that train together; 0 where it trains alone."""
    import torch

    if torch.distributed.is_available() and torch.distributed.is_initialized():
        return int(torch.distributed.get_rank())
    return int(os.environ.get("RANK", 0))


def _anchor(model: Any) -> Any:
    """Finds the layer by which a model's optimiser is known: the first whose weights learn."""
    found = [module for module in model.modules() if kind_of(module)]
    convolutions = [module for module in found if kind_of(module) != "dense"]
    for module in (*convolutions, *found):
        if any(parameter.requires_grad for parameter in module.parameters()):
            return module
    return model


def _was_skipped(optimizer: Any) -> bool:
    """Tells whether a fused step was left out for gradients that weren't finite.

    Other steps aren't called at all then. On a GPU nobody waits to know, so there it counts.
    """
    found = getattr(optimizer, "found_inf", None)
    return found is not None and found.device.type == "cpu" and bool(found)


def _is_called(optimizer: Any) -> bool:
    """Tells whether an optimiser's step is being made: whether a function that runs is its own."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        if "self" in frame.f_code.co_varnames and frame.f_locals.get("self") is optimizer:
            return True
        frame = frame.f_back
    return False


def _ways_out_of_graphs() -> tuple[Callable[[], bool], Callable[[Any], Any]]:
    """Gives what keeps hooks out of a compiled step's graph.

    Called while one is made, the first says so; the second makes of a function one that isn't
    traced into. To call that takes longer than our hooks do, so only compiled steps go by it.
    """
    import torch

    compiler = getattr(torch, "compiler", None)
    if not hasattr(compiler, "is_dynamo_compiling"):
        return bool, lambda hook: hook
    return compiler.is_dynamo_compiling, compiler.disable


def _nobody() -> None:
    """Gives no optimiser."""
