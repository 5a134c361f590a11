"""The callback that `fit` takes, whose class can be written only where Keras is."""

from __future__ import annotations

from typing import Any

from .keras_hooks import KerasHooks


def callback(run: Any, named: tuple[str, ...] = ()) -> Any:
    """Makes the callback that `fit` takes; whatever else is asked of it, the run answers."""
    import keras

    hooks = KerasHooks(run, named)

    class Watch(keras.callbacks.Callback):  # type: ignore[misc]
        """Tells Filterscope of the training."""

        def on_train_begin(self, logs: Any = None) -> None:
            hooks.fit_begins(self.model, self.params or {})

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            hooks.epoch_begins(epoch)

        def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
            hooks.batch_begins()

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            hooks.batch_ends(batch, logs)

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            hooks.epoch_ends(logs)

        def on_train_end(self, logs: Any = None) -> None:
            hooks.take_last()

        def __getattr__(self, name: str) -> Any:
            return getattr(run, name)

    return Watch()
