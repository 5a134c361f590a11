"""A network that is one chain of layers, as a recipe writes it: only where it fits exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

Shape = tuple[int, ...]
Pairs = Sequence[Sequence[int]]

# The largest that a recipe can say.
MOST_FILTERS, MOST_KERNEL, MOST_STRIDES = 1024, 11, 16
MOST_POOL, MOST_UNITS, MOST_MULTIPLIER = 32, 4096, 16
ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid")
_WITH_ACTIVATION = ("conv2d", "depthwise_conv2d", "dense")


class NotExact(Exception):
    """The network does something that no recipe can say."""


class Link(NamedTuple):
    """One layer of the chain.

    Attributes:
        layer: as a recipe writes it.
        owner: the framework's layer whose weights it has; None where it has none.
        flattened: height, width, channels of what was flattened just before; None elsewhere.
    """

    layer: dict[str, Any]
    owner: Any
    flattened: Shape | None = None


class Chain:
    """Layers put one behind the other, each on what the one before it puts out.

    Args:
        input_shape: height, width, channels of an image.
    """

    def __init__(self, input_shape: Shape) -> None:
        self.input_shape = tuple(input_shape)
        self.links: list[Link] = []
        self._shape = self.input_shape
        self._flattened: Shape | None = None
        self._is_closed = False

    @property
    def shape(self) -> Shape:
        """That of what the last layer puts out: height, width, channels, or units alone."""
        return self._shape

    def convolution(
        self, owner: Any, kind: str, size: Shape, strides: Shape, padding: str | Pairs, outputs: int
    ) -> None:
        """Adds a `conv2d` of so many filters, or a `depthwise_conv2d` of so many a channel."""
        height, width, channels = self._image()
        kernel, stride = _one(size, MOST_KERNEL), _one(strides, MOST_STRIDES)
        said = self._padding((height, width), kernel, stride, padding)
        layer: dict[str, Any] = {"type": kind, "kernel_size": kernel, "strides": stride}
        layer["padding"] = said
        is_conv = kind == "conv2d"
        _within(outputs, MOST_FILTERS if is_conv else MOST_MULTIPLIER)
        layer["filters" if is_conv else "depth_multiplier"] = outputs
        rows, columns = (_positions(side, kernel, stride, said) for side in (height, width))
        self._add(layer, owner, (rows, columns, outputs if is_conv else outputs * channels))

    def pool(
        self, kind: str, size: Shape, strides: Shape, padding: str | Pairs, *, rounds_up: bool
    ) -> None:
        """Adds a `max_pool2d` or an `average_pool2d`."""
        height, width, channels = self._image()
        window, stride = _one(size, MOST_POOL), _one(strides, MOST_POOL)
        said = self._padding((height, width), window, stride, padding)
        if rounds_up and any((side - window) % stride for side in (height, width)):
            raise NotExact
        rows, columns = (_positions(side, window, stride, said) for side in (height, width))
        layer = {"type": kind, "pool_size": window, "strides": stride, "padding": said}
        self._add(layer, None, (rows, columns, channels))

    def dense(self, owner: Any, inputs: int, units: int) -> None:
        """Adds a `dense` layer."""
        if self._shape != (inputs,):
            raise NotExact
        _within(units, MOST_UNITS)
        self._add({"type": "dense", "units": units}, owner, (units,))

    def normalization(
        self, owner: Any, *, momentum: float, epsilon: float, center: bool, scale: bool
    ) -> None:
        """Adds a `batch_normalization`."""
        if not (0 <= momentum < 1 and 1e-7 <= epsilon <= 1):
            raise NotExact
        layer = {"type": "batch_normalization", "momentum": momentum, "epsilon": epsilon}
        self._add({**layer, "center": center, "scale": scale}, owner, self._shape, keeps=True)

    def flatten(self) -> None:
        """Adds a `flatten`; behind a vector it does nothing."""
        if len(self._shape) == 1:
            return
        height, width, channels = self._image()
        self._add({"type": "flatten"}, None, (height * width * channels,))
        self._flattened = (height, width, channels)

    def global_average(self) -> None:
        """Adds a `global_average_pool2d`."""
        self._add({"type": "global_average_pool2d"}, None, self._image()[-1:])

    def dropout(self, rate: float) -> None:
        """Adds a `dropout`."""
        if not 0 <= rate < 1:
            raise NotExact
        self._add({"type": "dropout", "rate": rate}, None, self._shape, keeps=True)

    def activation(self, name: str) -> None:
        """Gives the layer before an activation.

        A ReLU behind max pooling is one before it. What turns answers into probabilities at the
        very end isn't part of a recipe's network.
        """
        if name == "softmax" and self.links and self.links[-1].layer["type"] == "dense":
            self._is_closed = True
            return
        at = len(self.links) - 1
        if name == "relu" and at > 0 and self.links[at].layer["type"] == "max_pool2d":
            at -= 1
        if at < 0 or name not in ACTIVATIONS:
            raise NotExact
        layer = self.links[at].layer
        if layer["type"] not in _WITH_ACTIVATION or layer.get("activation", "linear") != "linear":
            raise NotExact
        layer["activation"] = name

    def as_network(self) -> dict[str, Any]:
        """Gives what the registration calls `network`; NotExact unless a convolution is in it."""
        kinds = [link.layer["type"] for link in self.links]
        if "conv2d" not in kinds:
            raise NotExact
        layers = [link.layer for link in self.links]
        return {"input_shape": list(self.input_shape), "layers": layers}

    def _image(self) -> tuple[int, int, int]:
        if len(self._shape) != 3:
            raise NotExact
        height, width, channels = self._shape
        return height, width, channels

    def _add(self, layer: dict[str, Any], owner: Any, shape: Shape, *, keeps: bool = False) -> None:
        if self._is_closed or min(shape) < 1:
            raise NotExact
        turns = self._flattened if layer["type"] in ("dense", "batch_normalization") else None
        self.links.append(Link(layer, owner, turns))
        self._shape = shape
        if not keeps:
            self._flattened = None

    @staticmethod
    def _padding(sides: Shape, window: int, stride: int, padding: str | Pairs) -> str:
        if isinstance(padding, str):
            if padding not in ("valid", "same"):
                raise NotExact
            return padding
        pairs = [tuple(pair) for pair in padding]
        if all(pair == (0, 0) for pair in pairs):
            return "valid"
        if pairs != [same_padding(side, window, stride) for side in sides]:
            raise NotExact
        return "same"


def same_padding(length: int, window: int, stride: int) -> tuple[int, int]:
    """Gives the zeros before and after an axis that Keras's `same` puts there.

    >>> same_padding(28, 5, 1), same_padding(28, 3, 2)
    ((2, 2), (0, 1))
    """
    total = max((-(-length // stride) - 1) * stride + window - length, 0)
    return total // 2, total - total // 2


def _positions(length: int, window: int, stride: int, padding: str) -> int:
    return -(-length // stride) if padding == "same" else (length - window) // stride + 1


def _one(sizes: Shape, most: int) -> int:
    """Gives the one number of a square."""
    if len(set(sizes)) != 1:
        raise NotExact
    _within(sizes[0], most)
    return sizes[0]


def _within(number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise NotExact
