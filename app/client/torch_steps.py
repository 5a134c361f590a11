"""Which steps of PyTorch's optimisers are updates of a model, noticed at next to no cost."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from typing import Any, Literal

from .torch_updated import UpdatedLayer, updates_anything, was_skipped


class OptimizerSteps:
    """Hooks that every optimiser calls before and after its step; they count updates.

    Of optimisers whose steps call each other's, as wrappers do, the outermost counts. Once one was
    seen to step alone, the hook before steps is taken away, until another comes: each hook costs
    somebody's training some microseconds an update. So one that is wrapped by another after it had
    stepped alone is counted once too often, with the wrapper's first step.

    Args:
        model: whose updates are counted.
        run: its `count` goes up with each.
        begin: called before the first update.
        look: called after the update at which there is something to do; gives the next such count.
        give_up: called with what went wrong.
    """

    def __init__(
        self,
        model: Any,
        run: Any,
        begin: Callable[[], object],
        look: Callable[[], int],
        give_up: Callable[[Exception], object],
    ) -> None:
        from torch.optim import optimizer

        self._model, self._run, self._updated = model, run, UpdatedLayer(model)
        self._begin, self._look, self._give_up = begin, look, give_up
        self._has_begun = self._is_over = False
        self._next_look = 0
        self._alone: Callable[[], Any] = _nobody
        self._outermost: Any = None
        self._calls_another = False
        self._within: Literal["before", "after"] | None = None
        self._is_compiling, apart = _ways_out_of_graphs()
        self._before_apart, self._after_apart = apart(self._before), apart(self._after)
        self._register_before = optimizer.register_optimizer_step_pre_hook
        self._before_handle: Any = self._register_before(self._before)
        self._after_handle = optimizer.register_optimizer_step_post_hook(self._after)

    def remove(self) -> None:
        """Counts nothing more.

        A hook that is just being called stays, for PyTorch goes through them; it does nothing.
        """
        self._is_over, self._alone, self._outermost = True, _nobody, None
        if self._within != "before" and self._before_handle is not None:
            self._before_handle.remove()
        if self._within != "after":
            self._after_handle.remove()

    def _before(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if self._is_compiling():
            self._before_apart(optimizer, args, kwargs)
        elif not self._is_over:
            self._within = "before"
            try:
                self._note_beginning(optimizer)
            except Exception as error:
                self._give_up(error)
            finally:
                self._within = None

    def _after(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if self._is_compiling():
            self._after_apart(optimizer, args, kwargs)
        elif (
            self._alone() is optimizer
            and (count := self._run.count + 1) < self._next_look
            and getattr(optimizer, "found_inf", None) is None
            and not self._run.alerts
        ):
            self._run.count = count
        elif not self._is_over:
            self._within = "after"
            try:
                self._note_end(optimizer)
            finally:
                self._within = None

    def _note_beginning(self, optimizer: Any) -> None:
        if not self._has_begun and updates_anything(optimizer, self._model):
            self._has_begun = True
            self._begin()
        if self._is_over or not self._updated.is_updated_by(optimizer):
            return
        outermost = self._outermost  # of a step that an error broke off, maybe
        if outermost is None or outermost is optimizer or not _is_called(outermost):
            self._outermost, self._calls_another = optimizer, False
        else:
            self._calls_another = True

    def _note_end(self, optimizer: Any) -> None:
        try:
            if self._is_an_update(optimizer) and not was_skipped(optimizer):
                self._run.count += 1
                if self._run.count >= self._next_look:
                    self._next_look = self._look()
        except Exception as error:
            self._give_up(error)
        self._run.heard()  # may raise: that ends the training

    def _is_an_update(self, optimizer: Any) -> bool:
        """Tells whether a step that ended is counted, and learns which hooks it takes to know."""
        if self._before_handle is not None:
            if optimizer is not self._outermost:
                return False
            self._outermost = None
            if not self._calls_another:
                self._alone = weakref.ref(optimizer)
                self._before_handle.remove()
                self._before_handle = None
        elif not self._updated.is_updated_by(optimizer):
            return False
        elif self._alone() is not optimizer:
            self._alone = _nobody
            self._before_handle = self._register_before(self._before)
        return True


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

    compiler: Any = getattr(torch, "compiler", None)
    if not hasattr(compiler, "is_dynamo_compiling"):
        return bool, lambda hook: hook
    return compiler.is_dynamo_compiling, compiler.disable


def _nobody() -> None:
    """Gives no optimiser."""
