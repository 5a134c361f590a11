"""Kernels that a script hands over itself, as NumPy's, JAX's or any other arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .saying import sendable_text
from .watched_network import WatchedLayer

KINDS = {2: "dense", 3: "conv1d", 4: "conv2d", 5: "conv3d"}
Shape = tuple[int, ...]


class GivenKernels:
    """The layers that a script hands over, by name; asked only when they are due.

    Args:
        given: a kernel, or kernels by their layers' names, each an array or a pair of kernel and
            bias, axes in Keras's order. A kernel's number of axes says what layer it belongs to.

    Raises:
        ValueError: there is no kernel in it.
    """

    def __init__(self, given: Any) -> None:
        self._now = _named(given)
        self.layers = [self._layer(name, *pair) for name, pair in _by_name(given).items()]
        if not self.layers:
            raise ValueError("no kernel was given; say {'conv1': array}")

    def renew(self, given: Any) -> None:
        """Takes the same layers' kernels as they are now."""
        self._now = _named(given)

    def _layer(self, name: str, kernel: Any, bias: Any) -> WatchedLayer:
        shapes = {"kernel": _shape(kernel)}
        if bias is not None:
            shapes["bias"] = _shape(bias)
        told = {
            "title": sendable_text(name),
            "kind": KINDS[len(shapes["kernel"])],
            "shape": list(shapes["kernel"]),
            "groups": 1,
            "strides": None,
            "padding": None,
            "dilation": None,
            "activation": None,
            "bias": bias is not None,
        }

        def copies() -> dict[str, Any]:
            if name not in self._now:
                raise ValueError(f"{name} was given before and isn't any more")
            kernel, bias = _pair(self._now[name])
            arrays = {"kernel": kernel} if bias is None else {"kernel": kernel, "bias": bias}
            for which, array in arrays.items():
                if _shape(array) != shapes[which]:
                    raise ValueError(f"{name}'s {which} hasn't the shape {shapes[which]} any more")
            return {which: copied(array) for which, array in arrays.items()}

        return WatchedLayer(told, shapes, copies)


def copied(array: Any) -> Any | Callable[[], Any]:
    """Copies an array as float32 in C order; or gives what does, where it would have to wait.

    An array of JAX never changes but may be given away to a compiled step, so it is copied where
    it lies, behind the work that makes it.
    """
    import numpy as np

    if type(array) is np.ndarray:
        return np.array(array, dtype="<f4", order="C")
    library = type(array).__module__.partition(".")[0]
    if library == "torch":
        from .torch_copies import copied as copied_tensor

        return copied_tensor(array, tuple(array.shape))
    if library in ("jax", "jaxlib"):
        copy = array.copy()
        return lambda: np.asarray(copy).astype("<f4")
    if library == "cupy":
        array = array.get()
    return np.array(array, dtype="<f4", order="C")


def framework_of(given: Any) -> str:
    """Names the library whose arrays these are, with its version."""
    import sys

    library = type(next(iter(_by_name(given).values()))[0]).__module__.partition(".")[0]
    name, module = {
        "jaxlib": ("JAX", "jax"),
        "jax": ("JAX", "jax"),
        "torch": ("PyTorch", "torch"),
    }.get(library, ("NumPy", "numpy"))
    version = str(getattr(sys.modules.get(module), "__version__", ""))
    return f"{name} {version.partition('+')[0]}".strip()


def _named(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {"conv1": given}


def _by_name(given: Any) -> dict[str, tuple[Any, Any]]:
    pairs = {name: _pair(value) for name, value in _named(given).items()}
    return {name: pair for name, pair in pairs.items() if len(_shape(pair[0])) in KINDS}


def _pair(value: Any) -> tuple[Any, Any]:
    if isinstance(value, tuple | list) and len(value) == 2 and hasattr(value[0], "shape"):
        return value[0], value[1]
    return value, None


def _shape(array: Any) -> Shape:
    shape = getattr(array, "shape", None)
    if type(shape) is tuple:
        return shape
    import numpy as np

    return tuple(np.shape(array) if shape is None else shape)
