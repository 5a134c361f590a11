"""Kinds of layers whose description is missing, told by the names and shapes of their arrays."""

import re
from typing import Final

from .keras_config import snake_case
from .keras_settings import KINDS, SEPARABLE
from .keras_stored import StoredLayer

_CLASSES: Final = {snake_case(name): name for name in (*KINDS, *SEPARABLE)}
_COUNTER: Final = re.compile(r"_\d+$")
_BY_AXES: Final = {2: "Dense", 4: "Conv2D", 5: "Conv3D"}


def class_by_name(stored: StoredLayer) -> str | None:
    """Names the class by the layer's place or name, without the number behind it."""
    names = (stored.place.rpartition("/")[2], stored.listed_as or stored.name)
    stems = (_COUNTER.sub("", name) for name in names)
    return next((_CLASSES[stem] for stem in stems if stem in _CLASSES), None)


def class_by_shape(stored: StoredLayer) -> str | None:
    """Names the class by the shapes: a kernel, and behind it a bias of as many as it puts out,
    which is its last axis, or in Keras 1 perhaps its first.

    A kernel of two axes is taken only with its bias, for tables of other kinds look alike.
    """
    shapes = [array.shape for _, array in stored.arrays]
    if not shapes or len(shapes) > 2 or 0 in shapes[0]:
        return None
    has_bias = len(shapes) == 2
    if has_bias and shapes[1] not in (shapes[0][-1:], shapes[0][:1]):
        return None
    return _BY_AXES.get(len(shapes[0])) if has_bias or len(shapes[0]) > 2 else None
