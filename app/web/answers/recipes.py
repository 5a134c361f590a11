"""Recipes as they are passed on."""

from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ...recipe import Recipe


class _DescribedAsRecipe:
    """For recipes that were checked when they came in and are passed on as they are."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(Recipe.__pydantic_core_schema__)


RecipeJson = Annotated[dict[str, Any], _DescribedAsRecipe]
