"""Variables of Keras as NumPy arrays, on whichever backend, without waiting for a GPU."""

from __future__ import annotations

from typing import Any


def copied(variable: Any, *, swaps: bool) -> Any:
    """Copies a variable's value as a float32 array in C order, its last two axes swapped or not.

    Gives the array, or something that gives it once it is called, where that would mean to wait.
    """
    import keras
    import numpy as np

    value = getattr(variable, "value", variable)
    backend = keras.backend.backend()
    if backend == "torch":
        from .torch_copies import copied as copied_tensor

        turned = value.transpose(-1, -2) if swaps else value
        return copied_tensor(turned, tuple(turned.shape))
    if backend == "jax":
        import jax

        # A copy of its own: training hands the buffer itself over to the next update.
        held = jax.numpy.array(value, copy=True)
        return lambda: _array(np.asarray(held), swaps=swaps)
    if "GPU" in str(getattr(value, "device", "")):
        # What was read stays as it is: an update writes elsewhere while somebody holds it.
        held = value.read_value() if hasattr(value, "read_value") else value
        return lambda: _array(held.numpy(), swaps=swaps)
    return _array(keras.ops.convert_to_numpy(value), swaps=swaps)


def _array(value: Any, *, swaps: bool) -> Any:
    import numpy as np

    return np.array(value.swapaxes(-1, -2) if swaps else value, dtype="<f4", order="C")


def zeros_of(length: int) -> Any:
    """Gives a bias of zeros, float32."""
    import numpy as np

    return np.zeros(length, "<f4")
