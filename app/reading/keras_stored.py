"""Where files of Keras keep the arrays of each layer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .cursor import damaged
from .hdf5.arrays import Hdf5Array
from .hdf5.file import Hdf5Group

_NUMBERS: Final = re.compile(r"(\d+)")
_JOINED: Final = re.compile(r"(.+)_(W|b|gamma|beta|running_mean|running_std)(?:_\d+)?")
_PARTS: Final = {"vars", "layers", "_layer_checkpoint_dependencies", "layer", "optimizer"}
_NOT_THE_NETWORK: Final = {"optimizer", "optimizer_weights", "compile_metrics", "metrics"}


@dataclass(frozen=True)
class StoredLayer:
    """The arrays of one layer, in Keras's order.

    Attributes:
        name: the layer's own, as far as the file says; else that of its place.
        place: its path in the file.
        arrays: each with its short name: `kernel`, `bias`, `gamma`; Keras 3 counts: `0`, `1`.
        listed_as: what the file calls all that lies with it, a layer or a whole model; None where
            layers of several names do.
    """

    name: str
    place: str
    arrays: tuple[tuple[str, Hdf5Array], ...]
    listed_as: str | None = None


def counted_layers(root: Hdf5Group) -> list[StoredLayer]:
    """Finds what Keras 3 has written: layers by counted names, their arrays 0, 1, 2, …

    They come in the order in which people count, so 10 after 9.
    """
    found = list(_counted(root, ""))
    return sorted(found, key=lambda layer: _as_people_count(layer.place))


def _counted(group: Hdf5Group, place: str) -> Iterator[StoredLayer]:
    for name, inner in group.groups.items():
        if not place and name in _NOT_THE_NETWORK:
            continue
        if name == "vars":
            if inner.arrays:
                own = inner.attributes.text("name") or place.rpartition("/")[2]
                arrays = sorted(inner.arrays.items(), key=lambda item: _as_people_count(item[0]))
                yield StoredLayer(own, place, tuple(arrays))
        else:
            yield from _counted(inner, f"{place}/{name}".lstrip("/"))


def _as_people_count(text: str) -> list[tuple[int, int, str]]:
    parts = _NUMBERS.split(text)
    return [(1, int(part[:18]), "") if part.isdecimal() else (0, 0, part) for part in parts]


def titled(place: str) -> str:
    """Makes a title of a place: layers/functional/layers/conv2d as functional/conv2d."""
    return "/".join(part for part in place.split("/") if part not in _PARTS) or place


def named_layers(root: Hdf5Group) -> list[StoredLayer] | None:
    """Finds what Keras 1, 2 and 3 write into one `.h5`: layers in order, arrays by name.

    A model within the model has its layers' arrays all in one list. None if it is no such file;
    WeightsUnreadable if an array that is listed isn't there.
    """
    names = root.attributes.split_texts("layer_names")
    if names is None:
        return None
    found: list[StoredLayer] = []
    for name in names:
        group = root.group(name)
        weights = group.attributes.split_texts("weight_names") if group else None
        if group is None or not weights:
            continue
        owners: dict[str, list[tuple[str, Hdf5Array]]] = {}
        for path in weights:
            array = group.array(path)
            if array is None:
                raise damaged(f"{path[:80]!r} of {name[:80]!r} is listed in it and isn't there")
            owner, leaf = _owner_and_leaf(path, name)
            owners.setdefault(owner, []).append((leaf, array))
        listed_as = name if len(owners) == 1 else None  # TensorFlow may add a number to its own
        found += [
            StoredLayer(owner.rpartition("/")[2], owner, tuple(arrays), listed_as)
            for owner, arrays in owners.items()
        ]
    return found


def _owner_and_leaf(path: str, layer: str) -> tuple[str, str]:
    """Splits the path of an array: net/conv1/kernel:0 is `kernel` of net/conv1.

    Keras 1 joins them: conv1_W is `W` of conv1.
    """
    owner, _, leaf = path.rpartition("/")
    leaf = leaf.partition(":")[0]
    if owner:
        return owner, leaf
    joined = _JOINED.fullmatch(leaf)
    return (joined[1], joined[2]) if joined else (layer, leaf)
