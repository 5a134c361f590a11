"""Ways out where a layer can't work on what the layers before it put out."""

from collections.abc import Iterator
from typing import get_args

from ...vocabulary.layers import AnyLayer, Pool2D
from .edits import Draft, Path, changed, inserted, moved, name_of, removed
from .way_out import WayOut

_WINDOWS = ("kernel_size", "pool_size")
_FLATTEN = {"type": "flatten"}
_MEAN = {"type": "global_average_pool2d"}
_POOLS = {layer.type for layer in get_args(AnyLayer) if issubclass(layer, Pool2D)}
_VECTORS = ("flatten", "global_average_pool2d")


def ways_out(draft: Draft, path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields changes that may let the layer at `path` ("layers", index, setting) work."""
    index = int(path[1])
    setting = path[2] if len(path) > 2 else None
    if setting in _WINDOWS:
        yield from _smaller_windows(draft, index, str(setting), limit)
        yield from _larger_images(draft, index)
    elif setting == "kernel_initializer":
        yield from _other_starts(draft, index)
    else:
        yield from _images_and_vectors(draft, index)
    yield WayOut(f"Drop {name_of(draft, index)}", removed(draft, index))


def _smaller_windows(
    draft: Draft, index: int, setting: str, limit: float | None
) -> Iterator[WayOut]:
    if limit:
        size = int(limit)
        yield WayOut(f"Make it {size}×{size}", changed(draft, ("layers", index), **{setting: size}))
    yield WayOut("Border: same", changed(draft, ("layers", index), padding="same"))


def _larger_images(draft: Draft, index: int) -> Iterator[WayOut]:
    """Yields changes of what makes the image small, the nearest first."""
    layers = draft["layers"]
    for before in reversed(range(index)):
        layer = layers[before]
        if layer["type"] in _POOLS:
            pools = sum(one["type"] in _POOLS for one in layers[:index])
            words = "the pool" if pools == 1 else name_of(draft, before)
            yield WayOut(f"Drop {words}", removed(draft, before))
        elif (layer.get("strides") or 1) > 1:
            sentence = f"Stride 1 in {name_of(draft, before)}"
            yield WayOut(sentence, changed(draft, ("layers", before), strides=1))
        elif "kernel_size" in layer and layer.get("padding", "valid") == "valid":
            sentence = f"Border: same in {name_of(draft, before)}"
            yield WayOut(sentence, changed(draft, ("layers", before), padding="same"))


def _other_starts(draft: Draft, index: int) -> Iterator[WayOut]:
    here: Path = ("layers", index)
    layer = draft["layers"][index]
    start = layer["kernel_initializer"]
    if isinstance(start, dict) and start.get("type") == "given":
        rows, _, _, filters = (int(length) for length in start["kernel"]["shape"].split(","))
        fitting = changed(draft, here, kernel_size=rows, filters=filters)
        yield WayOut(f"Make it {filters} of {rows}×{rows}", fitting)
    elif isinstance(start, dict):
        yield WayOut("Make it 3×3", changed(draft, here, kernel_size=3))
    yield WayOut("Start by chance", changed(draft, here, kernel_initializer="glorot_uniform"))


def _images_and_vectors(draft: Draft, index: int) -> Iterator[WayOut]:
    """Yields changes where an image is needed and a vector comes, or the other way about."""
    layers = draft["layers"]
    before = [place for place in range(index) if layers[place]["type"] in _VECTORS]
    if layers[index]["type"] in _VECTORS or before:
        for place in before[-1:]:
            yield WayOut(f"Move it before {name_of(draft, place)}", moved(draft, index, place))
            yield WayOut(f"Drop {name_of(draft, place)}", removed(draft, place))
    yield WayOut("Flatten first", inserted(draft, index, _FLATTEN))
    yield WayOut("Average first", inserted(draft, index, _MEAN))
