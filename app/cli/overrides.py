"""`--set optimizer.learning_rate=0.02`: text that becomes part of a recipe."""

import copy
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from ..recipe import PRESETS
from ..vocabulary.layers import AnyLayer


def recipe_request(recipe: str, overrides: Iterable[str]) -> dict[str, Any]:
    """Makes the body of a request for a run: a preset's name or a JSON file, with overrides.

    Raises:
        ValueError: the file isn't a JSON object, or an override has no `=` or names a place that
            can't be.
    """
    request: dict[str, Any] = {"preset": recipe}
    if recipe.endswith(".json"):
        request = _read(Path(recipe))
    for override in overrides:
        path, equals, text = override.partition("=")
        if not (path and equals):
            raise ValueError(f"--set takes FIELD=VALUE, not {override!r}")
        put(request, path, value_of(text))
    return request


def put(request: dict[str, Any], path: str, value: Any) -> None:
    """Changes one field of a request, as in `optimizer.learning_rate` or `layers.conv1.trainable`.

    A layer is called by its name or its place, from 0. Of a preset all other layers stay.

    Raises:
        ValueError: the path names a place that can't be.
    """
    keys = path.split(".")
    preset = PRESETS.get(str(request.get("preset")))
    if keys[0] == "layers" and len(keys) > 1 and preset is not None and "layers" not in request:
        request["layers"] = copy.deepcopy(preset.recipe["layers"])
    target: Any = request
    for key in keys[:-1]:
        target = target[_place(target, key)] if _is_list(target) else target.setdefault(key, {})
        if not isinstance(target, dict | list):
            raise ValueError(f"--set {path}: {key} holds no fields")
    target[_place(target, keys[-1]) if _is_list(target) else keys[-1]] = value


def _is_list(target: Any) -> bool:
    return isinstance(target, list)


def _place(layers: list[Any], key: str) -> int:
    """Finds a layer by its name or its place, from 0."""
    names = _names(layers)
    if key in names:
        return names.index(key)
    if key.isdecimal() and int(key) < len(layers):
        return int(key)
    known = ", ".join(filter(None, names))
    raise ValueError(f"there is no layer {key}; there are {known}, or 0 to {len(layers) - 1}")


def _names(layers: list[Any]) -> list[str]:
    """Names layers as a run will: conv1, conv2, dense1."""
    stems = {kind.type: kind.stem for kind in get_args(AnyLayer)}
    counts: Counter[str] = Counter()
    names = []
    for layer in layers:
        stem = stems.get(str(layer.get("type")), "") if isinstance(layer, dict) else ""
        counts[stem] += 1
        names.append(f"{stem}{counts[stem]}" if stem else "")
    return names


def _read(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path} must hold one JSON object, a recipe")
    return content


def value_of(text: str) -> Any:
    """Returns what a text is as JSON, or the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text
