"""`watch`, which is all that a training script needs to know.

The rest is read when it is called: importing it costs a script next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

_KERAS = ("keras", "tf_keras")
_ANYTHING_ELSE = (
    "watch() takes a model of PyTorch or Keras; for any other training say run = watch() and tell "
    "run.step(lambda: {'conv1': kernel}, step=i)"
)


def watch(
    model: Any = None,
    *,
    to: str | os.PathLike[str] | None = None,
    token: str | None = None,
    name: str | None = None,
    layers: Sequence[str] | None = None,
    total_steps: int | None = None,
    on_alert: Callable[[dict[str, Any]], object] | None = None,
    key: str | None = None,
    from_step: int | None = None,
    input_shape: Sequence[int] | None = None,
    class_names: Sequence[str] | None = None,
) -> Any:
    """Watches a training: its filters from before the first update on.

    Args:
        model: of PyTorch (the training loop stays as it is) or Keras (what comes back goes into
            `fit(callbacks=[…])`); None for any other, which tells of itself by `run.step`.
        to: a server's address, or a file that ends with `.fscope`. Unless said, FILTERSCOPE_URL,
            else a server on this machine; if none answers, a file in the current folder.
        token: what the server asks for; else FILTERSCOPE_TOKEN.
        name: of the run; the script's unless said.
        layers: titles of layers that every snapshot holds, beside the first convolution.
        total_steps: updates that there will be, where that is known.
        on_alert: called with each alert, in the training's own thread; may raise to end it.
        key: of a run that another process began, and this one goes on with; else FILTERSCOPE_RUN.
        from_step: updates that were made before, by that process.
        input_shape: height, width and channels of an image, where a model can't say it itself.
        class_names: what the network tells apart, in the order of its outputs.

    Returns:
        The run: a `WatchedRun`, for Keras a callback that takes all a run takes. With
        FILTERSCOPE_WATCH=off it does nothing.

    Raises:
        ValueError, TypeError: an argument can't be meant. Nothing is raised later.
    """
    from .forking import is_child_that_reads_main
    from .settings import is_switched_off, settings_of

    kind = _kind(model)
    settings = settings_of(
        to, token, name, layers, total_steps, on_alert, key, from_step, class_names
    )
    if is_switched_off() or is_child_that_reads_main():
        return _silent(kind)
    from .run import WatchedRun

    if kind == "keras":
        from .keras_callback import callback

        return callback(WatchedRun(settings, _keras()), settings.layers)
    if kind == "torch":
        import torch

        from .torch_hooks import TorchHooks

        run = WatchedRun(settings, f"PyTorch {torch.__version__.partition('+')[0]}")
        TorchHooks(model, run, tuple(input_shape) if input_shape else None, settings.layers)
        return run
    return WatchedRun(settings)


def _kind(model: Any) -> str | None:
    """Tells whose model it is; one of Keras on PyTorch is both, and Keras trains it."""
    if model is None:
        return None
    modules = {one.__module__.partition(".")[0] for one in type(model).__mro__}
    if modules.intersection(_KERAS):
        return "keras"
    if "torch" in modules:
        return "torch"
    raise TypeError(f"{type(model).__name__}: {_ANYTHING_ELSE}")


def _keras() -> str:
    import keras

    names = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
    backend = keras.backend.backend()
    return f"Keras {keras.__version__} on {names.get(backend, backend)}"


def _silent(kind: str | None) -> Any:
    from .silent import SilentRun

    if kind != "keras":
        return SilentRun()
    import keras

    class Silent(SilentRun, keras.callbacks.Callback):  # type: ignore[misc]
        """A callback that does nothing."""

    return Silent()
