"""`watch` for Keras 3: a callback that counts updates and takes the weights when they are due."""

from __future__ import annotations

import math
from typing import Any

from .chain import NotExact
from .keras_building import before_first_update
from .keras_chain import chain_of
from .keras_layers import is_built, layers_of
from .watched_network import WatchedNetwork, streamed_layer

_NOTHING = "this model has no layer whose weights could be shown: it isn't watched"


class KerasHooks:
    """What the callback does, told of by plain calls.

    Updates are counted over all that `fit` is called; the network is registered before the first.

    Args:
        run: what is told.
        named: names of layers that every snapshot holds.
    """

    def __init__(self, run: Any, named: tuple[str, ...] = ()) -> None:
        self._run, self._named = run, named
        self._model: Any = None
        self._network: WatchedNetwork | None = None
        self._is_off = self._is_waiting = False
        self._params: dict[str, Any] = {}
        self._first_epoch: int | None = None
        self._batches = self._before_epoch = 0
        self._batches_an_epoch, self._batches_an_update = math.inf, 1
        self._accuracy_name: str | None = None
        run.at_close = self.take_last

    def fit_begins(self, model: Any, params: dict[str, Any]) -> None:
        """Notes which model `fit` trains, and how long."""
        self._model, self._params, self._first_epoch = model, params, None
        self._batches_an_epoch = params.get("steps") or math.inf
        self._batches_an_update = _accumulated(model)

    def epoch_begins(self, epoch: int) -> None:
        """Notes how far the count was."""
        if self._first_epoch is None:
            self._first_epoch = epoch
        self._before_epoch = self._batches

    def batch_begins(self) -> None:
        """Takes frame 0 before the first update, when weights that others load are there."""
        if self._network is not None or self._is_off or self._is_waiting:
            return
        if is_built(self._model):
            self._begin()
        else:
            self._is_waiting = True
            before_first_update(self._model, self._begin)

    def batch_ends(self, last_batch: int, logs: dict[str, Any] | None) -> None:
        """Counts the updates up to the epoch's `last_batch`, and takes the weights when due."""
        batches = self._before_epoch + int(min(last_batch + 1, self._batches_an_epoch))
        self._batches, network, run = batches, self._network, self._run
        if network is None:
            return
        updates = batches // self._batches_an_update
        if updates > run.count:
            run.count = updates
            if updates >= network.next_look:
                self._look(network)
            if logs and "loss" in logs:
                self._tell(logs)
        if run.alerts:
            run.heard()

    def epoch_ends(self, logs: dict[str, Any] | None) -> None:
        """Tells how the validation images were done."""
        logs = logs or {}
        if self._network is None or "val_loss" not in logs:
            return
        try:
            name = _accuracy_name(logs, "val_")
            self._run.evaluated(
                self._run.count, loss=logs["val_loss"], accuracy=name and logs[name]
            )
        except Exception as error:
            self._give_up(error)

    def take_last(self) -> None:
        """Takes the last frame there is so far."""
        if self._network is not None:
            try:
                self._synced()
                self._network.take(is_edge=True)
            except Exception as error:
                self._give_up(error)

    def _look(self, network: WatchedNetwork) -> None:
        try:
            if self._run.count >= network.next_due:
                self._synced()
            network.counted()
        except Exception as error:
            self._give_up(error)

    def _tell(self, logs: dict[str, Any]) -> None:
        name = self._accuracy_name
        if name not in logs:
            name = self._accuracy_name = _accuracy_name(logs, "")
        if name is None:
            self._run.log(loss=logs["loss"])
        else:
            self._run.log(loss=logs["loss"], accuracy=logs[name])

    def _synced(self) -> None:
        """Puts the weights where they can be read: on JAX they are elsewhere while `fit` runs."""
        if hasattr(self._model, "jax_state_sync"):
            self._model.jax_state_sync()

    def _begin(self) -> None:
        try:
            try:
                told, layers = chain_of(self._model)
            except NotExact:
                told, layers = None, layers_of(self._model)
            if streamed_layer([layer.told for layer in layers]) < 0:
                self._is_off = True
                self._run.say(_NOTHING)
                return
            self._network = WatchedNetwork(self._run, layers, told, self._named, holds=True)
            self._run.register(
                {
                    "layers": self._network.told,
                    "network": told,
                    "loss_kind": "epoch_mean",
                    "total_steps": self._total_steps(),
                    "input_shape": told and told["input_shape"],
                }
            )
            self._network.take(is_edge=True)
        except Exception as error:
            self._give_up(error)

    def _total_steps(self) -> int | None:
        steps, epochs = self._params.get("steps"), self._params.get("epochs")
        if not steps or not epochs:
            return None
        return int(steps) * (int(epochs) - (self._first_epoch or 0)) // self._batches_an_update

    def _give_up(self, error: Exception) -> None:
        self._network, self._is_off = None, True
        self._run.say(f"watching stopped ({type(error).__name__}: {error}); training goes on")


def _accumulated(model: Any) -> int:
    """Says how many batches make one update."""
    return getattr(model.optimizer, "gradient_accumulation_steps", None) or 1


def _accuracy_name(logs: dict[str, Any], prefix: str) -> str | None:
    for name in logs:
        is_asked_for = name.startswith("val_") == bool(prefix)
        if is_asked_for and name.removeprefix(prefix).endswith(("accuracy", "acc")):
            return name
    return None
