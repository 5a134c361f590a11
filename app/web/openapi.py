"""The description of the interface, for the page at /docs and for programs that make clients of it.

Generators read it more narrowly than people do: what they stumble over is said in another way.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ..recipe import PRESETS
from .described_access import schemes, security_of, sentence_on
from .plain_schemas import make_plain
from .routes import built

_REF = "#/components/schemas/{model}"
_EXAMPLE = {"preset": "dead-leaves", "seed": 1}
_PRESET_WITH_OVERRIDES: dict[str, Any] = {
    "type": "object",
    "title": "PresetWithOverrides",
    "description": "A preset, and what differs from it: any field of a recipe.",
    "required": ["preset"],
    "properties": {
        "preset": {
            "type": "string",
            "pattern": f"^({'|'.join(PRESETS)}|own:.+)$",
            "description": f"{', '.join(PRESETS)}, or own:NAME for pictures of your own",
        }
    },
    "additionalProperties": True,
}
RECIPE_BODY: dict[str, Any] = {
    "title": "RecipeRequest",
    "oneOf": [
        {"$ref": "#/components/schemas/Recipe"},
        {"$ref": "#/components/schemas/PresetWithOverrides"},
    ],
    "example": _EXAMPLE,
}
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_DESCRIPTION = """\
Watch a convolutional network's filters learn.

Every example works when pasted into a shell while the server runs on its usual port. Each error
has the form `{"error": {"code", "message", "field", "limit"}}`. Where the address holds a run's
id, `latest` stands for the newest run.

A server that asks for a token takes it as a bearer token; a browser keeps it in a cookie. The role
beside a scheme is the least access that is enough: `watch`, `send` or `full`. A server that asks
for none takes every request, whatever token comes with it.
"""
_TAGS = {
    "recipes": "What to start with: presets, recipes and the code that they are.",
    "datasets": "The data sets that come with the program, and pictures of your own.",
    "initializers": "How weights begin.",
    "runs": "Start, follow, steer and delete.",
    "sweeps": "Runs over every combination of a few settings, steered as one.",
    "history": "What a run leaves: its curves, its snapshots, its film.",
    "filters": "Filters, and what a network makes of an image.",
    "exports": "Files to take home.",
    "external": "Runs that are trained elsewhere.",
    "files": "Files of weights, opened as runs.",
    "teaching": "A class that watches.",
    "server": "Whether the server is well.",
}


def json_body(schema: dict[str, Any]) -> dict[str, Any]:
    """Returns the OpenAPI entry for a body that the server reads and checks itself."""
    content = {"application/json": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def install(app: FastAPI, models: list[type[BaseModel]]) -> None:
    """Lets `app` describe itself, `models` of hand-read bodies included."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title="Filterscope",
                version=app.version,
                description=_DESCRIPTION,
                routes=built(app.routes),
                tags=[{"name": name, "description": about} for name, about in _TAGS.items()],
            )
            _, definitions = models_json_schema(
                [(model, "validation") for model in models], ref_template=_REF
            )
            schemas = schema["components"]["schemas"] | definitions["$defs"]
            schemas["PresetWithOverrides"] = _PRESET_WITH_OVERRIDES
            make_plain(schemas)
            port: int = app.state.settings.port
            schema["components"] |= {"schemas": schemas, "securitySchemes": schemes(port)}
            for path, item in schema["paths"].items():
                for method, operation in item.items():
                    _complete(operation, method.upper(), path)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    """Makes the first sentence of a description its headline, and says who may ask."""
    first, _, rest = operation["description"].partition("\n\n")
    described = f"{rest}\n\n{sentence_on(method, path)}"
    operation |= {"summary": first.rstrip("."), "description": described}
    operation["security"] = security_of(method, path)
