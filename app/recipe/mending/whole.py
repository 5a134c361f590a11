"""Ways out where the network as a whole isn't what it is trained for, or is too large."""

from collections.abc import Iterator
from typing import Any

from ...vocabulary.datasets import DATASETS
from ...vocabulary.field_labels import label_of
from ..own_pictures import drafted_dataset
from .edits import Draft, Path, changed, inserted, name_of, value_at, with_dataset, with_layers
from .way_out import WayOut

_FIRST = {"type": "conv2d", "filters": 16, "kernel_size": 3, "activation": "relu"}
_POOL = {"type": "max_pool2d", "pool_size": 2}
_CODE = {"type": "sparse-code", "sparsity": 1.0}
_PLAIN = {"strides", "padding", "activation", "weight_decay", "trainable"}


def ways_out_of_objectives(draft: Draft, path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields data, answers and objectives that go together."""
    if path == ("objective",):
        for info in DATASETS.values():
            if info.class_names:
                yield WayOut(f"Take {info.title}", with_dataset(draft, info.name))
        yield from _without_labels(draft)
    elif path == ("labels",):
        yield WayOut("Labels: true", {**draft, "labels": "true"})
    elif value_at(draft, ("objective", "type")) == _CODE["type"]:
        yield from _plain_code(draft, path)
    else:
        yield from _answers(draft, path, limit)
    if value_at(draft, ("objective", "type")) == _CODE["type"]:
        yield WayOut("Name the pictures instead", {**draft, "objective": {"type": "classify"}})


def _without_labels(draft: Draft) -> Iterator[WayOut]:
    for layer in draft["layers"]:
        if layer["type"] == "conv2d":
            plain = {name: layer[name] for name in layer if name not in _PLAIN}
            code = {**draft, "objective": _CODE, "layers": [plain], "labels": "true"}
            yield WayOut("Rebuild them instead, without labels", code)
            return


def _plain_code(draft: Draft, path: Path) -> Iterator[WayOut]:
    if len(path) == 2:
        yield WayOut("Keep the first layer alone", with_layers(draft, draft["layers"][:1]))
        return
    name = str(path[2])
    label = label_of("conv2d", name).text.lower()
    yield WayOut(f"Leave {label} out", changed(draft, path[:2], **{name: None}))


def _answers(draft: Draft, path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields last layers that answer with one unit a class."""
    layers = draft["layers"]
    dataset = drafted_dataset(draft)
    classes = len(dataset.class_names) if dataset else 0
    answers = {"type": "dense", "units": classes}
    if len(path) > 2 and path[2] == "units":
        yield WayOut(f"Make it {classes} units", changed(draft, path[:2], units=classes))
    if len(path) > 2 and path[2] == "activation":
        yield WayOut("Leave the activation out", changed(draft, path[:2], activation=None))
    end = len(layers)
    yield WayOut(f"Add {classes} answers", inserted(draft, end, answers))
    yield WayOut(
        f"Flatten, then {classes} answers", inserted(draft, end, {"type": "flatten"}, answers)
    )
    mean = {"type": "global_average_pool2d"}
    yield WayOut(f"Average, then {classes} answers", inserted(draft, end, mean, answers))


def ways_out_of_filters(draft: Draft, path: Path, _limit: float | None) -> Iterator[WayOut]:
    """Yields networks whose first layer with filters sees the pixels."""
    if len(path) > 1:
        old = draft["layers"][int(path[1])]
        kept = ("kernel_size", "strides", "padding", "activation", "weight_decay")
        plain = {**_FIRST, **{name: old[name] for name in kept if name in old}}
        layers = [*draft["layers"]]
        layers[int(path[1])] = plain
        yield WayOut("Make it a plain convolution", with_layers(draft, layers))
    yield WayOut("Put a convolution first", inserted(draft, 0, _FIRST))


def ways_out_of_freezing(draft: Draft, _path: Path, _limit: float | None) -> Iterator[WayOut]:
    """Yields networks in which something learns."""
    frozen = [place for place, one in enumerate(draft["layers"]) if one.get("trainable") is False]
    for place in reversed(frozen):
        sentence = f"Let {name_of(draft, place)} learn"
        yield WayOut(sentence, changed(draft, ("layers", place), trainable=True))


def ways_out_of_sizes(draft: Draft, path: Path, limit: float | None) -> Iterator[WayOut]:
    """Yields smaller networks, the least smaller first."""
    if path == ("batch_size",):
        if limit:
            batch = int(limit)
            yield WayOut(f"{batch} pictures a step", changed(draft, (), batch_size=batch))
        places = range(len(draft["layers"]))
    else:
        places = range(int(path[1]), int(path[1]) + 1)
        yield WayOut("Pool before it", inserted(draft, _images_end(draft), _POOL))
    for place in reversed(places):
        yield from _narrower(draft, place)


def _narrower(draft: Draft, place: int) -> Iterator[WayOut]:
    layer: dict[str, Any] = draft["layers"][place]
    for name in ("units", "filters", "depth_multiplier"):
        value = layer.get(name, 0) // 2
        is_last = place == len(draft["layers"]) - 1
        while value and not (is_last and name == "units"):
            words = f"{value} {label_of(layer['type'], name).text.lower()}"
            sentence = f"{words} in {name_of(draft, place)}"
            yield WayOut(sentence, changed(draft, ("layers", place), **{name: value}))
            value //= 2


def _images_end(draft: Draft) -> int:
    """Returns the place of the first layer that makes vectors of images, or the end."""
    vectors = ("flatten", "global_average_pool2d")
    layers = draft["layers"]
    return next((i for i, one in enumerate(layers) if one["type"] in vectors), len(layers))
