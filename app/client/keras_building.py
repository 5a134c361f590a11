"""Builds a model just before its first update, where a backend would build it within."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any


def before_first_update(model: Any, begin: Callable[[], None]) -> None:
    """Has `begin` called before the model's first update, with the model built.

    On TensorFlow a model that knows no input shape gets its weights inside the first call of the
    training function, where nobody could see them before they change. That function is therefore
    replaced for one call by one that builds the model from what the data look like.
    """
    train = model.train_function

    def build_first(iterator: Any) -> Any:
        model.train_function = train
        with contextlib.suppress(Exception):  # the first update would raise the same, or build it
            _build(model, iterator)
        begin()
        return train(iterator)

    model.train_function = build_first


def _build(model: Any, iterator: Any) -> None:
    import keras

    specification = iterator.element_spec
    inputs = specification[0] if isinstance(specification, tuple) else specification
    symbolic = keras.tree.map_structure(
        lambda spec: keras.KerasTensor(spec.shape, spec.dtype.name), inputs
    )
    if hasattr(model, "_symbolic_build"):  # optimizer, loss and metrics stay as they are
        from keras.src import backend

        backend.compute_output_spec(model, symbolic, training=False)
    else:
        model(symbolic)
