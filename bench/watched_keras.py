"""What `watch` costs a training in Keras: time inside its callback, beside updates of 3 and 30 ms.

    KERAS_BACKEND=jax python -m bench.watched_keras     # or tensorflow, or torch, where Keras is

It writes films into a temporary folder. The processor's time of the training's thread counts, so
that other work on the machine doesn't. A callback that does nothing is measured beside ours and
taken off, and with it what the clock takes.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers

from app import watch

_UPDATES = 400
_TURNS = 3
_ALLOWED = 0.005
_MILLISECONDS = (3, 30)
_CALLED = ("on_train_batch_begin", "on_train_batch_end")


def network() -> Any:
    """A stem as ResNet has it and some layers behind it."""
    behind: list[Any] = [layers.MaxPooling2D()]
    for _ in range(3):
        behind += [layers.Conv2D(32, 3, padding="same"), layers.BatchNormalization(), layers.ReLU()]
    stem = layers.Conv2D(64, 7, strides=2, padding="same", activation="relu")
    model = keras.Sequential(
        [
            layers.Input((16, 16, 3)),
            stem,
            *behind,
            layers.GlobalAveragePooling2D(),
            layers.Dense(10),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
    return model


class Nothing(keras.callbacks.Callback):  # type: ignore[misc]
    """Is called as often as ours and does nothing."""

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Does nothing."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Does nothing."""


class Stopwatch:
    """Measures a callback's calls, in seconds each."""

    def __init__(self, callback: Any) -> None:
        self.seconds: list[float] = []
        for name in _CALLED:
            setattr(callback, name, self._timed(getattr(callback, name)))

    def _timed(self, method: Callable[..., None]) -> Callable[..., None]:
        def timed(*said: Any, **named: Any) -> None:
            begun = time.thread_time()
            method(*said, **named)
            self.seconds.append(time.thread_time() - begun)

        return timed


def train(file: Path) -> tuple[float, float]:
    """Trains; gives the seconds in the first call, and those of each other update."""
    keras.utils.set_random_seed(0)
    model = network()
    images = np.random.default_rng(0).normal(size=(_UPDATES, 16, 16, 3)).astype("f4")
    run, nothing = watch(model, to=file), Nothing()
    ours, nobodys = Stopwatch(run), Stopwatch(nothing)
    labels = np.arange(_UPDATES) % 10
    model.fit(images, labels, batch_size=1, verbose=0, callbacks=[run, nothing])
    run.close()
    first, *others = ours.seconds
    return first, (sum(others) - sum(nobodys.seconds[1:])) / _UPDATES


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        turns = [train(Path(folder) / f"{turn}.fscope") for turn in range(_TURNS)]
    first, each = (1e3 * statistics.median(column) for column in zip(*turns, strict=True))
    print(f"Keras {keras.__version__} on {keras.backend.backend()}, medians of {_TURNS} trainings")
    print(f"frame 0, with the description of the network: {first:.1f} ms, once")
    print(f"in the callback: {1e3 * each:.1f} us an update, of {_UPDATES} updates")
    for update in _MILLISECONDS:
        print(f"  of an update of {update} ms: {each / update:.2%}, {_ALLOWED:.1%} allowed")


if __name__ == "__main__":
    main()
