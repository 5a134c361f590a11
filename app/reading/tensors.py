"""Tensors of a file by name, whose numbers are fetched only when somebody asks."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .axes import Axes
from .contents import MOST_TENSORS, WeightsUnreadable
from .element_types import ElementType
from .unclear import Unclear


class StoredTensor(NamedTuple):
    """One array of a file.

    Attributes:
        name: as the file has it.
        shape: in the file's own order of axes.
        element: what its numbers are written as.
        read: fetches them: float32, in that shape. WeightsUnreadable if that can't be.
        axes: the order of its axes if it is a kernel, where the file says so.
    """

    name: str
    shape: tuple[int, ...]
    element: ElementType
    read: Callable[[], NDArray[np.float32]]
    axes: Axes | None = None

    @property
    def entries(self) -> int:
        """Its numbers, counted."""
        count = 1
        for side in self.shape:
            count *= side
        return count


class TensorList(NamedTuple):
    """All tensors of a file that may be weights.

    Attributes:
        in_order: whether they stand in the order in which the network is built.
        framework: what wrote them, as far as it is known.
    """

    tensors: tuple[StoredTensor, ...]
    in_order: bool
    notes: Unclear
    framework: str | None = None


def check_shape(name: str, shape: Iterable[object]) -> tuple[int, ...]:
    """Returns it as a shape.

    Raises:
        WeightsUnreadable: it holds anything but whole numbers from 0 on, or too many.
    """
    sides = tuple(shape)
    good = tuple(side for side in sides if type(side) is int and 0 <= side < 2**48)
    if len(good) < len(sides) or len(good) > 32:
        raise WeightsUnreadable(
            f"{name[:100]} has a shape that no tensor has; the file is damaged, save it once more"
        )
    return good


def check_count(count: int) -> None:
    """Raises WeightsUnreadable if no file of weights that is read here has so many tensors."""
    if count > MOST_TENSORS:
        raise WeightsUnreadable(
            f"it holds {count:,} tensors; at most {MOST_TENSORS:,} are read, "
            "so save the network's weights alone"
        )
