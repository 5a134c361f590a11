"""What a file of Keras holds, from where its arrays lie and what is described of its network."""

import re
from collections.abc import Iterable
from typing import Final

from .contents import Contents, FoundLayer
from .enough import as_many_as_told
from .hdf5.file import Hdf5Group
from .keras_config import LayerConfig, NetworkConfig
from .keras_described import DescribedLayers
from .keras_guess import class_by_name, class_by_shape
from .keras_kernels import Writer
from .keras_layers import KerasLayers
from .keras_network import known_network
from .keras_settings import KINDS, SEPARABLE, image_shape
from .keras_step import updates_done
from .keras_stored import StoredLayer, titled
from .unclear import Unclear

# They have weights, and no filters or units of their own that could be looked at.
_PASSED_OVER: Final = re.compile(r"Normali[sz]ation|^Model$|^Functional$|^Sequential$|PReLU|^$")

_Pairs = list[tuple[StoredLayer, LayerConfig | None]]


def contents_of(
    root: Hdf5Group,
    layers: list[StoredLayer],
    network: NetworkConfig,
    writer: Writer,
    *,
    written_as: str,
    in_order: bool,
    framework: str | None,
) -> Contents:
    """Puts together what a file holds.

    Args:
        written_as: the format's name.
        in_order: whether `layers` come in the network's order.
        framework: what wrote it, where it says so.
    """
    notes = Unclear()
    described = DescribedLayers(network)
    pairs = _in_order([(layer, described.of(layer)) for layer in layers], network)
    made = KerasLayers(writer, notes)
    found: dict[str, FoundLayer] = {}
    for stored, config in pairs:
        for layer in made.of(stored, config or _guessed(stored, notes)):
            title = layer.described.title
            found[title if title not in found else f"{title} ({stored.place})"] = layer
    _note_left_out(pairs, notes)
    _note_missing(network, pairs, notes)
    _note_direction(writer, found.values(), notes)
    arrays = {config.title: stored for stored, config in pairs if config is not None}
    known = known_network(network, found, arrays)
    listed = tuple(found.values())
    if not network.layers and not in_order:
        listed = _image_first(listed, notes)
    listed = as_many_as_told(listed, notes)
    return Contents(
        format=written_as,
        layers=known[1] if known else listed,
        framework=framework,
        notes=notes.told(),
        step=updates_done(root),
        input_shape=image_shape(network),
        network=known[0] if known else None,
    )


def _in_order(pairs: _Pairs, network: NetworkConfig) -> _Pairs:
    """Sorts layers as the description has them; those that it hasn't come last."""
    at = {id(layer): place for place, layer in enumerate(network.layers)}
    return sorted(pairs, key=lambda pair: at.get(id(pair[1]), len(at)))


def _guessed(stored: StoredLayer, notes: Unclear) -> LayerConfig:
    above = titled(stored.place.rpartition("/")[0]) if stored.place.count("/") > 1 else ""
    title = stored.listed_as or f"{above}/{stored.name}".lstrip("/")
    name = class_by_name(stored)
    if name is None and (name := class_by_shape(stored)):
        kind = KINDS[name]
        notes.add_of(title, f"taken for {kind} by its shape, for nothing tells its type")
    return LayerConfig(name or "", stored.name, title, {}, None, stored.place)


def _note_left_out(pairs: _Pairs, notes: Unclear) -> None:
    kinds = {config.class_name for _, config in pairs if config is not None}
    left_out = sorted(
        name
        for name in kinds
        if name not in KINDS and name not in SEPARABLE and not _PASSED_OVER.search(name)
    )
    if left_out:
        notes.add(f"layers of these types aren't looked at: {', '.join(left_out[:10])}")


def _note_missing(network: NetworkConfig, pairs: _Pairs, notes: Unclear) -> None:
    """Notes layers that are described, and whose weights aren't in the file."""
    there = {id(config) for _, config in pairs}
    for layer in network.layers:
        has_weights = layer.class_name in KINDS or layer.class_name in SEPARABLE
        if has_weights and id(layer) not in there:
            notes.add_of(layer.title, "described, and its weights aren't in the file")


def _note_direction(writer: Writer, found: Iterable[FoundLayer], notes: Unclear) -> None:
    """Notes which way kernels lie, where that isn't plain: Theano's convolution turns them."""
    if not any("conv" in layer.described.kind for layer in found):
        return
    if writer.turns:
        notes.add("it was saved with Theano, which turns kernels by 180°; they are turned back")
    elif not writer.is_known:
        said = (
            f"its backend, {writer.backend!a}, isn't known" if writer.backend else "it names none"
        )
        notes.add(
            f"kernels of Theano lie turned by 180°, and whether these do can't be told: {said};"
            " they are shown as they lie"
        )


def _image_first(layers: tuple[FoundLayer, ...], notes: Unclear) -> tuple[FoundLayer, ...]:
    """Puts a layer that can look at an image before all others, for no order is on record."""
    if len(layers) < 2:
        return layers
    notes.add(
        "the order of layers isn't in this file; they are listed by name and number, and one that"
        " takes 1, 3 or 4 channels comes first"
    )
    first = next((layer for layer in layers if _takes_image(layer)), None)
    rest = tuple(layer for layer in layers if layer is not first)
    return rest if first is None else (first, *rest)


def _takes_image(layer: FoundLayer) -> bool:
    return layer.described.kind == "conv2d" and layer.shape[2] in (1, 3, 4)
