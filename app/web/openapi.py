"""The description of the interface, for programs and for the page at /docs."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ..recipe import PRESETS

_REF = "#/components/schemas/{model}"
RECIPE_BODY: dict[str, Any] = {
    "anyOf": [
        {"$ref": "#/components/schemas/Recipe"},
        {
            "type": "object",
            "title": "Preset with overrides",
            "required": ["preset"],
            "properties": {"preset": {"type": "string", "enum": list(PRESETS)}},
            "additionalProperties": True,
        },
    ],
    "example": {"preset": "dead-leaves", "seed": 1},
}
_DESCRIPTION = """\
Watch a convolutional network's filters learn.

Every example works when pasted into a shell while the server runs on its usual port. Each error
has the form `{"error": {"code", "message", "field", "limit"}}`. Where the address holds a run's
id, `latest` stands for the newest run.
"""


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
                routes=app.routes,
            )
            _, definitions = models_json_schema(
                [(model, "validation") for model in models], ref_template=_REF
            )
            schema["components"]["schemas"] |= definitions["$defs"]
            for path in schema["paths"].values():
                for operation in path.values():
                    _headline(operation)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _headline(operation: dict[str, Any]) -> None:
    """Makes the first sentence of a description the headline of its entry."""
    first, _, rest = operation["description"].partition("\n\n")
    operation |= {"summary": first.rstrip("."), "description": rest}
