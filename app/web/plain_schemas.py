"""Schemas as generators of clients can read them."""

import json
from collections.abc import Iterator
from typing import Any


def make_plain(schemas: dict[str, Any]) -> None:
    """Says what schemas say in the ways that generators of clients know.

    One of several objects is told by its `type`, which has to be said; and no generator takes an
    object as what is unsaid.
    """
    for part in _parts(schemas):
        for name in part.get("discriminator", {}).get("mapping", {}).values():
            told = schemas[name.rpartition("/")[2]]
            needed = part["discriminator"]["propertyName"]
            told["required"] = list(dict.fromkeys([needed, *told.get("required", [])]))
        if isinstance(part.get("default"), dict) and ("oneOf" in part or "$ref" in part):
            part["x-default"] = part.pop("default")
            part["description"] = f"`{json.dumps(part['x-default'])}` unless said"
    schemas["Recipe"]["properties"]["layers"]["items"]["title"] = "Layer"


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Gives each object in a description, the outer ones first."""
    if isinstance(schema, dict):
        yield schema
    inner = schema.values() if isinstance(schema, dict) else schema
    for part in inner if isinstance(schema, dict | list) else ():
        yield from _parts(part)
