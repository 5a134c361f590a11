"""Which patches of the test set drive the units of a layer most."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ..analysis import (
    ReceptiveField,
    TopPatches,
    Trunk,
    cut_patch,
    find_top_patches,
    path_to,
    receptive_field,
)
from .arrays import packed, unpacked
from .cache import CACHE
from .snapshot import KeptSnapshot

MOST_IMAGES = 2_000
_FEWEST_IMAGES = 16
_MULTIPLICATIONS = 6e9  # that one answer may cost: a quarter of a second
_AT_ONCE = 50
_NUMBERS_AT_ONCE = 2**23  # 32 MiB a layer


class Driven(NamedTuple):
    """The strongest answers of all units of a layer, and on how many images they were sought."""

    images: int
    field: ReceptiveField
    top: TopPatches


def patches_of(kept: KeptSnapshot, layer: str, index: int) -> dict[str, Any]:
    """Gives what drives unit `index` most, with the pixels it looked at, as the answer tells it."""
    images, field, top = driven(kept, layer)
    numbers, rows, columns = top.image[index], top.row[index], top.column[index]
    dataset = kept.dataset
    pixels = [
        cut_patch(dataset.sample("test", int(n), 1, as_seen=True)[0][0], field, int(r), int(c))
        for n, r, c in zip(numbers, rows, columns, strict=True)
    ]
    return {
        "images": images,
        "image": numbers.tolist(),
        "row": rows.tolist(),
        "column": columns.tolist(),
        "activation": np.nan_to_num(top.activation[index]).tolist(),
        "pixels": packed(np.stack(pixels)),
    }


def driven(kept: KeptSnapshot, layer: str) -> Driven:
    """Looks through the first images of the test set, fewer where the layer is costly."""
    return CACHE.get(("driven", hash(kept), layer), lambda: _look_through(kept, layer))


def _look_through(kept: KeptSnapshot, layer: str) -> Driven:
    path = path_to(kept.layers, layer)
    shape = kept.recipe.dataset_info.shape
    cost = _cost(kept, layer)
    affordable = max(_FEWEST_IMAGES, int(_MULTIPLICATIONS / cost.multiplications))
    images = min(MOST_IMAGES, affordable, kept.dataset.test_size)
    at_once = max(1, min(_AT_ONCE, images, _NUMBERS_AT_ONCE // cost.numbers))
    trunk = Trunk(path, shape, unpacked(kept.arrays), at_once)
    with np.errstate(over="ignore", invalid="ignore"):
        top = find_top_patches(_answers(kept, trunk, images))
    return Driven(images, receptive_field(path, shape), top)


def _answers(kept: KeptSnapshot, trunk: Trunk, images: int) -> Iterator[Any]:
    for start in range(0, images, trunk.images):
        yield trunk.answers(kept.dataset.test(start, min(start + trunk.images, images))[0])


class _Cost(NamedTuple):
    """Of one image on its way to a layer: multiplications, and the most numbers a layer gives."""

    multiplications: int
    numbers: int


def _cost(kept: KeptSnapshot, layer: str) -> _Cost:
    shape: tuple[int, ...] = kept.recipe.dataset_info.shape
    multiplications, numbers = 0, 1
    for _, part in path_to(kept.layers, layer):
        inputs, shape = shape, part.output_shape(shape)
        numbers = max(numbers, math.prod(shape))
        kernels = [spec for spec in part.parameters(inputs) if spec.name == "kernel"]
        multiplications += sum(math.prod(spec.shape) for spec in kernels) * math.prod(shape[:-1])
    return _Cost(multiplications, numbers)
