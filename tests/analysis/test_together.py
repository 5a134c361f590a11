"""A layer is judged the same, to the last bit, alone and beside others of its shape."""

from dataclasses import fields

import numpy as np
import pytest
from numpy.typing import NDArray

from app.analysis import Origin, columns_of, judge, near_duplicates, orientation_rose

Kernels = NDArray[np.float32]

# A single filter and a single channel are where sums could be taken in another order.
SHAPES = [(1, 1, 3, 4), (3, 3, 1, 1), (5, 5, 3, 2), (7, 7, 1, 16), (9, 9, 3, 16), (11, 11, 3, 33)]


def film(shape: tuple[int, int, int, int], frames: int = 6) -> list[Kernels]:
    """Layers from far too small to far too large, one with a dead filter and a double, one zero."""
    generator = np.random.default_rng(shape)
    scales = 10.0 ** np.arange(-frames // 2, frames // 2)
    layers = [(scale * generator.normal(size=shape)).astype(np.float32) for scale in scales]
    layers[1][..., 0] = 0
    layers[2][..., -1] = 2 * layers[2][..., 0]
    layers[3][...] = 0
    return layers


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_of_a_layer_is_the_same_together(shape: tuple[int, int, int, int]) -> None:
    layers = film(shape)
    together = judge(columns_of(layers))
    for index, kernels in enumerate(layers):
        alone = judge(columns_of(kernels))
        for field in fields(alone):
            one, all_of_them = getattr(alone, field.name), getattr(together, field.name)
            if field.name != "judgeable":
                assert one.tobytes() == all_of_them[index].tobytes(), field.name
        assert alone.label_counts.tolist() == together.label_counts[index].tolist()
        assert orientation_rose(alone).tolist() == orientation_rose(together)[index].tolist()


@pytest.mark.parametrize("shape", SHAPES)
def test_change_and_kin_are_the_same_together(shape: tuple[int, int, int, int]) -> None:
    layers = film(shape)
    origin, together = Origin(columns_of(layers[0])), columns_of(layers)
    changes, kin = origin.change(together), near_duplicates(together)
    for index, kernels in enumerate(layers):
        alone = columns_of(kernels)
        for one, all_of_them in zip(origin.change(alone), changes, strict=True):
            assert one.tobytes() == all_of_them[index].tobytes()
        assert near_duplicates(alone) == [kin[index]]
