"""`--set optimizer.learning_rate=0.02`: text that becomes part of a recipe."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


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
        _put(request, path.split("."), _value(text), path)
    return request


def _read(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path} must hold one JSON object, a recipe")
    return content


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _put(target: dict[str, Any], path: list[str], value: Any, whole: str) -> None:
    for key in path[:-1]:
        target = target.setdefault(key, {})
        if not isinstance(target, dict):
            raise ValueError(f"--set {whole}: {key} holds no fields")
    target[path[-1]] = value
