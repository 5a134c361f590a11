"""PyTorch's storages and tensors as a pickle describes them: where numbers lie, not the numbers."""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from ..contents import MOST_KERNEL_BYTES, WeightsUnreadable
from ..element_types import ElementType, as_float32
from ..pieces import FilePiece
from ..tensors import check_shape
from .numbers import element_stored

_AGAIN: Final = "the file is damaged; save it once more"


class PickledStorage(NamedTuple):
    """A run of numbers that tensors look at, by the key under which it lies in the file."""

    key: str
    element: ElementType
    numel: int

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.numel * self.element.size


class PickledTensor(NamedTuple):
    """A view of a storage: where it begins, its sides, and how far apart its entries lie."""

    storage: PickledStorage
    element: ElementType
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @property
    def repeats_itself(self) -> bool:
        """Whether it shows numbers of its storage more than once."""
        return math.prod(self.shape) * self.element.size > self.storage.size

    @property
    def span(self) -> int:
        """How many entries lie from its first to its last."""
        if 0 in self.shape:
            return 0
        steps = zip(self.shape, self.strides, strict=True)
        return 1 + sum((side - 1) * stride for side, stride in steps)

    def read(self, piece: FilePiece) -> NDArray[np.float32]:
        """Fetches its numbers out of the piece where its storage lies; see `StoredTensor.read`."""
        size = self.span * self.element.size
        if size > 2 * MOST_KERNEL_BYTES:
            raise WeightsUnreadable(
                f"a kernel's numbers lie {size:,} bytes apart; save a copy of it (.contiguous())"
            )
        numbers = as_float32(piece.read(self.offset * self.element.size, size), self.element)
        if 0 in self.shape:
            return numbers.reshape(self.shape)
        return as_strided(numbers, self.shape, [stride * 4 for stride in self.strides])


def stored(reference: object) -> object:
    """Returns what a pickle of PyTorch means by a reference to something outside of it.

    Raises:
        WeightsUnreadable: it is no storage, or one in two places.
    """
    if not isinstance(reference, tuple) or not reference:
        raise WeightsUnreadable(f"its pickle refers to something unknown; {_AGAIN}")
    if reference[0] == "module" and len(reference) > 1:  # a class, with its source
        return reference[1]
    if reference[0] != "storage" or len(reference) < 5:
        raise WeightsUnreadable(f"its pickle refers to something unknown; {_AGAIN}")
    if len(reference) > 5 and reference[5] is not None:
        raise WeightsUnreadable(
            "its storages are parts of others, as only PyTorch before 0.4 wrote them; "
            "load and save it with a newer one"
        )
    _, kind, key, _, count = reference[:5]
    if not isinstance(key, str | int) or not isinstance(count, int) or not 0 <= count < 2**48:
        raise WeightsUnreadable(f"one of its storages has no key and size; {_AGAIN}")
    return PickledStorage(str(key), element_stored(kind), count)


def tensor_of(storage: object, offset: object, shape: object, strides: object) -> PickledTensor:
    """Returns a view of a storage; see `tensor_typed`."""
    if not isinstance(storage, PickledStorage):
        raise WeightsUnreadable(f"one of its tensors has no storage; {_AGAIN}")
    return tensor_typed(storage, storage.element, offset, shape, strides)


def tensor_typed(
    storage: PickledStorage, element: ElementType, offset: object, shape: object, strides: object
) -> PickledTensor:
    """Returns a view of a storage, whose bytes are read as numbers of a type.

    Raises:
        WeightsUnreadable: it reaches beyond the storage, or isn't a view at all.
    """
    if not isinstance(shape, tuple | list) or not isinstance(strides, tuple | list):
        raise WeightsUnreadable(f"one of its tensors has no shape; {_AGAIN}")
    name = f"a tensor in storage {storage.key[:40]}"
    (first,) = check_shape(name, (offset,))
    sides, steps = check_shape(name, shape), check_shape(name, strides)
    if len(sides) != len(steps):
        raise WeightsUnreadable(f"{name} has {len(sides)} sides and {len(steps)} strides; {_AGAIN}")
    tensor = PickledTensor(storage, element, first, sides, steps)
    if tensor.span and (first + tensor.span) * element.size > storage.size:
        raise WeightsUnreadable(
            f"{name} reaches to its byte {(first + tensor.span) * element.size:,} and the storage "
            f"has {storage.size:,}; {_AGAIN}"
        )
    return tensor
