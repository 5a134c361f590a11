"""Ways out where a field is wrong by itself, and where a length is said twice or not at all."""

from collections.abc import Iterator
from typing import Any

from ...vocabulary.datasets import DATASETS
from ...vocabulary.field_labels import label_of
from ...vocabulary.optimizers import OPTIMIZERS
from ..catalogue import setting_of
from .edits import Draft, Path, changed, layer_index, name_of, removed, value_at, with_dataset
from .way_out import WayOut

_CHANCE = "glorot_uniform"
_BEGINNING = [
    {"type": "conv2d", "filters": 16, "kernel_size": 7, "activation": "relu"},
    {"type": "global_average_pool2d"},
    {"type": "dense", "units": 10},
]


def ways_out(draft: Draft, path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields values that the field at `path` may have, and the draft without it."""
    if not path:  # a field without a name
        return
    if "kernel_initializer" in path:
        place = path[: path.index("kernel_initializer")]
        if isinstance(value_at(draft, place), dict):
            yield WayOut("Start by chance", changed(draft, place, kernel_initializer=_CHANCE))
        return
    *way, name = path
    owner = value_at(draft, tuple(way))
    if isinstance(owner, dict) and isinstance(name, str):
        yield from _other_values(draft, tuple(way), name, limit)
    index = layer_index(path)
    if index is not None and isinstance(value_at(draft, path[:2]), dict):
        yield WayOut(f"Drop {name_of(draft, index)}", removed(draft, index))
    yield from _other_parts(draft, path, limit)


def _other_parts(draft: Draft, path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields data, layers and optimisers that there are."""
    layers = draft.get("layers")
    if path == ("layers",) and isinstance(layers, list) and layers and limit:
        yield WayOut("Drop the last layers", {**draft, "layers": layers[: int(limit) - 2]})
    elif path == ("layers",):
        yield WayOut("Begin with a convolution", {**draft, "layers": _BEGINNING})
    elif path == ("dataset",):
        for info in DATASETS.values():
            yield WayOut(f"Take {info.title}", with_dataset(draft, info.name))
    elif path in (("optimizer",), ("optimizer", "type"), ("optimizer", "learning_rate")):
        asked = value_at(draft, ("optimizer", "type"))
        for name, known in OPTIMIZERS.items():
            if asked in (name, None) or asked not in OPTIMIZERS:
                rate = known.usual_rate
                optimizer = {"type": name, "learning_rate": rate}
                yield WayOut(
                    f"{known.title} at a rate of {rate}", {**draft, "optimizer": optimizer}
                )


def _other_values(draft: Draft, way: Path, name: str, limit: float | None) -> Iterator[WayOut]:
    owner = value_at(draft, way)
    kind = str(owner.get("type", "recipe"))
    label = label_of(kind, name).text
    known = setting_of(kind, name)
    wanted: list[Any] = [limit, *((known["start"], known.get("minimum")) if known else ())]
    whole = known is not None and known["kind"] == "integer"
    for value in wanted:
        if value is not None:
            value = int(value) if whole else value
            yield WayOut(f"{label}: {value}", changed(draft, way, **{name: value}))
    if name in owner:
        yield WayOut(f"Leave {label.lower()} out", changed(draft, way, **{name: None}))


def ways_out_of_lengths(draft: Draft, _path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields lengths that are said once and aren't too long."""
    if limit:
        yield WayOut(f"{int(limit)} epochs", changed(draft, (), epochs=int(limit), steps=None))
    if draft.get("steps") and draft.get("epochs"):
        yield WayOut(f"{draft['steps']} steps", changed(draft, (), epochs=None))
        yield WayOut(f"{draft['epochs']} epochs", changed(draft, (), steps=None))
    yield WayOut("400 steps", changed(draft, (), steps=400, epochs=None))
