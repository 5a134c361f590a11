"""What a unit of any conv layer looks at: its window in the image, computed layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..vocabulary.layers import Conv2D, Dropout, Layer, Window
from ..vocabulary.layers.naming import named
from ..vocabulary.layers.windows import same_padding


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """Windows of `size` pixels, `stride` pixels apart, the first of which begins at (top, left).

    With padding `same` the first windows begin outside the image, at negative pixels.
    """

    size: int
    stride: int
    top: int
    left: int

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """Gives the first pixel row and column that the unit at (row, column) of its layer looks
        at.
        """
        return self.top + row * self.stride, self.left + column * self.stride


def path_to(layers: Sequence[Layer], name: str) -> list[tuple[str, Layer]]:
    """Lists the layers from the image to the conv layer `name`, each with its name.

    Dropout changes nothing once training is over and is left out.

    Raises:
        ValueError: `name` is no conv layer of `layers` (they are conv1, conv2, … in order).
    """
    path: list[tuple[str, Layer]] = []
    for own_name, layer in named(layers):
        if layer.window is None:
            break
        if not isinstance(layer, Dropout):
            path.append((own_name, layer))
        if own_name == name and isinstance(layer, Conv2D):
            return path
    convolutions = sum(isinstance(layer, Conv2D) for _, layer in path)
    raise ValueError(f"there is no conv layer {name!r} among the {convolutions} before Flatten")


def receptive_field(
    path: Sequence[tuple[str, Layer]], input_shape: tuple[int, int, int]
) -> ReceptiveField:
    """Returns the window that the last layer of `path` has in images of `input_shape`."""
    size, stride, top, left = 1, 1, 0, 0
    shape: tuple[int, ...] = input_shape
    for _, layer in path:
        window = window_of(layer)
        if window.padding == "same":
            top -= stride * same_padding(shape[0], window.size, window.step)[0]
            left -= stride * same_padding(shape[1], window.size, window.step)[0]
        size += (window.size - 1) * stride
        stride *= window.step
        shape = layer.output_shape(shape)
    return ReceptiveField(size, stride, top, left)


def window_of(layer: Layer) -> Window:
    """Returns the layer's own window; ValueError where it has none."""
    if layer.window is None:
        raise ValueError(f"{layer.type} keeps no places apart")
    return layer.window
