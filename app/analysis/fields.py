"""What a unit of any conv layer looks at: its window in the image, computed layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..vocabulary.layers import Conv2D, Dropout, Layer, Pool2D
from ..vocabulary.layers.naming import named
from ..vocabulary.layers.windows import same_padding

Spatial = Conv2D | Pool2D


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
        """First pixel row and column that the unit at (row, column) of its layer looks at."""
        return self.top + row * self.stride, self.left + column * self.stride


def path_to(layers: Sequence[Layer], name: str) -> list[tuple[str, Spatial]]:
    """The convolutions and poolings from the image to the conv layer `name`, each with its name.

    Dropout changes nothing once training is over and is left out.

    Raises:
        ValueError: `name` is no conv layer of `layers` (they are conv1, conv2, … in order).
    """
    path: list[tuple[str, Spatial]] = []
    convolutions = 0
    for own_name, layer in named(layers):
        if isinstance(layer, Conv2D):
            convolutions += 1
            path.append((own_name, layer))
            if own_name == name:
                return path
        elif isinstance(layer, Pool2D):
            path.append(("", layer))
        elif not isinstance(layer, Dropout):
            break
    raise ValueError(f"there is no conv layer {name!r} among the {convolutions} before Flatten")


def receptive_field(
    path: Sequence[tuple[str, Spatial]], input_shape: tuple[int, int, int]
) -> ReceptiveField:
    """The window that the last layer of `path` has in images of `input_shape`."""
    size, stride, top, left = 1, 1, 0, 0
    shape: tuple[int, ...] = input_shape
    for _, layer in path:
        window = window_of(layer)
        if layer.padding == "same":
            top -= stride * same_padding(shape[0], window, step_of(layer))[0]
            left -= stride * same_padding(shape[1], window, step_of(layer))[0]
        size += (window - 1) * stride
        stride *= step_of(layer)
        shape = layer.output_shape(shape)
    return ReceptiveField(size, stride, top, left)


def window_of(layer: Spatial) -> int:
    """Rows and columns of the layer's own window."""
    return layer.kernel_size if isinstance(layer, Conv2D) else layer.pool_size


def step_of(layer: Spatial) -> int:
    """From one window of the layer to the next."""
    return layer.strides if isinstance(layer, Conv2D) else layer.step
