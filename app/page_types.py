"""Writes the types of all that the server tells the page: `python -m app.page_types`.

TypeScript checks the page's modules against them. They are made from the interface's own
description and from the types of events, so that the page can't expect what nobody tells. What
each of them means stands at /docs.
"""

import json
from typing import Any, Final

from pydantic import TypeAdapter

from .events import Event
from .main import create_app
from .page_files import STATIC
from .settings import Settings

FILE: Final = STATIC / "js/net/answers.d.ts"

_REF = "#/components/schemas/"
_WIDTH = 110
_HEAD = """\
// What the server tells, as types. Written by `python -m app.page_types`; don't change it by hand.
"""
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}

_Schema = dict[str, Any]


def page_types() -> str:
    """Types in TypeScript for every answer, recipe and event, by the names they have in Python."""
    answers: dict[str, _Schema] = create_app(Settings()).openapi()["components"]["schemas"]
    events = TypeAdapter(Event).json_schema(mode="serialization", ref_template=_REF + "{model}")
    types = events["$defs"] | answers
    kinds = {kind: {"$ref": ref} for kind, ref in events["discriminator"]["mapping"].items()}
    by_kind = {"properties": kinds, "required": list(kinds)}
    declared = [_declared(name, types[name]) for name in sorted(types)]
    return "\n".join([_HEAD, *declared, _declared("EventsByKind", by_kind)])


def _declared(name: str, schema: _Schema) -> str:
    return f"export interface {name} {_members(schema, '')}\n"


def _members(schema: _Schema, indent: str) -> str:
    inner = indent + "  "
    lines = [
        _member(name, field, _is_told(schema, name), inner)
        for name, field in schema["properties"].items()
    ]
    return "{\n" + "".join(lines) + indent + "}"


def _is_told(schema: _Schema, name: str) -> bool:
    """Tells if a field is always there: what has a default other than None is filled in."""
    field = schema["properties"][name]
    default = field.get("default", field.get("x-default"))
    return name in schema.get("required", ()) or default is not None


def _member(name: str, field: _Schema, is_told: bool, indent: str) -> str:
    start = f"{indent}{name}{'' if is_told else '?'}:"
    line = f"{start} {_type(field, indent)};\n"
    if max(map(len, line.split("\n"))) <= _WIDTH:
        return line
    return start + "".join(f"\n{indent}  | {one}" for one in _union(field, indent)) + ";\n"


def _type(schema: _Schema, indent: str) -> str:
    return " | ".join(_union(schema, indent))


def _union(schema: _Schema, indent: str) -> list[str]:
    """Returns the types of which a value has one; most often there is only one."""
    if "enum" in schema:
        return [json.dumps(value) for value in schema["enum"]]
    parts = schema.get("anyOf") or schema.get("oneOf")
    if parts:
        return [one for part in parts for one in _union(part, indent)]
    return [_single(schema, indent)]


def _single(schema: _Schema, indent: str) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "const" in schema:
        return json.dumps(schema["const"])
    kind = schema.get("type")
    if kind == "array":
        return _array(schema, indent)
    if kind == "object":
        return _object(schema, indent)
    return "null" if kind == "null" else _PLAIN.get(kind or "", "unknown")


def _array(schema: _Schema, indent: str) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(_type(item, indent) for item in schema['prefixItems'])}]"
    item = _union(schema["items"], indent)
    return f"{item[0]}[]" if len(item) == 1 else f"({' | '.join(item)})[]"


def _object(schema: _Schema, indent: str) -> str:
    if schema.get("title") == "Recipe":  # told as it was checked when it came in
        return "Recipe"
    if "properties" in schema:
        return _members(schema, indent)
    values = schema.get("additionalProperties")
    return f"Record<string, {_type(values, indent) if isinstance(values, dict) else 'unknown'}>"


def main() -> None:
    """Replaces the file."""
    FILE.write_text(page_types(), encoding="utf-8")


if __name__ == "__main__":
    main()
