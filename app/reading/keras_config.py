"""The description of a Keras network, of any version: which layers it has, in which order."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from .contents import WeightsUnreadable

_DEEPEST: Final = 16
_MOST_LAYERS: Final = 50_000
_WRAPPED: Final = "layer"  # what a wrapper has in it


@dataclass(frozen=True)
class LayerConfig:
    """One layer as the description has it.

    Attributes:
        class_name: Keras's name of its type.
        name: the layer's own.
        title: its name after those of the models that it lies in.
        settings: what it was made with.
        inputs: names of the layers whose answers it takes; None where that isn't plainly told.
        place: where Keras 3 keeps its weights: `layers/conv2d_1`.
    """

    class_name: str
    name: str
    title: str
    settings: Mapping[str, Any]
    inputs: tuple[str, ...] | None
    place: str


@dataclass(frozen=True)
class NetworkConfig:
    """A network's description.

    Attributes:
        class_name: `Sequential`, `Functional`, `Model`, or somebody's own.
        layers: those of it and of models in it, in their order.
        top: those of it alone.
        outputs: names of the layers whose answers are the network's.
    """

    class_name: str = ""
    layers: tuple[LayerConfig, ...] = ()
    top: tuple[LayerConfig, ...] = ()
    outputs: tuple[str, ...] = field(default=())


def network_config(described: Any) -> NetworkConfig:
    """Makes sense of a description as far as it is one; nothing in it need be as it should.

    Raises:
        WeightsUnreadable: it describes more layers than any network has.
    """
    settings = _inner(described)
    if settings is None:
        return NetworkConfig()
    layers = tuple(islice(_layers(settings, "", "layers", 0), _MOST_LAYERS + 1))
    if len(layers) > _MOST_LAYERS:
        raise WeightsUnreadable(
            f"it describes more than {_MOST_LAYERS:,} layers; save the weights alone"
        )
    return NetworkConfig(
        class_name=_text(described.get("class_name")),
        layers=layers,
        top=tuple(layer for layer in layers if layer.place.count("/") == 1),
        outputs=tuple(_histories(settings.get("output_layers"))),
    )


def _inner(described: Any) -> dict[str, Any] | None:
    """Returns what a layer or network was made with; Keras 1 gives a Sequential's layers alone."""
    settings = described.get("config") if isinstance(described, dict) else None
    if isinstance(settings, list):
        return {"layers": settings}
    return settings if isinstance(settings, dict) else None


def _layers(settings: dict[str, Any], above: str, place: str, depth: int) -> Iterator[LayerConfig]:
    entries = settings.get("layers")
    if not isinstance(entries, list) or depth > _DEEPEST:
        return
    counts: Counter[str] = Counter()
    for entry in entries:
        inner = _inner(entry)
        if inner is None:
            continue
        class_name = _text(entry.get("class_name"))
        stem = snake_case(class_name)
        at = f"{place}/{stem}_{counts[stem]}" if counts[stem] else f"{place}/{stem}"
        counts[stem] += 1
        yield from _layer(entry, inner, above, at, depth)


def _layer(
    entry: dict[str, Any], inner: dict[str, Any], above: str, at: str, depth: int
) -> Iterator[LayerConfig]:
    name = _text(inner.get("name")) or _text(entry.get("name"))
    title = f"{above}{name}"
    inputs = _inputs(entry.get("inbound_nodes"))
    yield LayerConfig(_text(entry.get("class_name")), name, title, inner, inputs, at)
    yield from _layers(inner, f"{title}/", f"{at}/layers", depth + 1)
    wrapped = inner.get(_WRAPPED)
    within = _inner(wrapped)
    if isinstance(wrapped, dict) and within is not None and depth < _DEEPEST:
        yield from _layer(wrapped, within, f"{title}/", f"{at}/layer", depth + 1)


def _inputs(nodes: Any) -> tuple[str, ...] | None:
    """Returns what a layer takes; None if it is used several times."""
    if not isinstance(nodes, list):
        return None
    return tuple(_histories(nodes)) if len(nodes) == 1 else None


def _histories(node: Any, depth: int = 0) -> Iterator[str]:
    """Yields names of layers out of [name, node, tensor] lists, wherever Keras puts them."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict):
        for inner in node.values():
            yield from _histories(inner, depth + 1)
    elif isinstance(node, list):
        is_history = len(node) >= 3 and isinstance(node[0], str) and isinstance(node[1], int)
        if is_history:
            yield node[0]
            return
        for inner in node:
            yield from _histories(inner, depth + 1)


def snake_case(class_name: str) -> str:
    """Writes a class's name as Keras 3 does in files: `Conv2DTranspose` as conv2d_transpose."""
    name = re.sub(r"\W+", "", class_name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
