"""What every part of a recipe is built on: strict, frozen, finite."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    """A frozen model that refuses unknown fields, NaN and infinities."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", allow_inf_nan=False)


def refuse(
    message: str, *, field: str, limit: float | None = None, code: str = "recipe_invalid"
) -> PydanticCustomError:
    """Makes the error for a rule that spans fields; `field` is the dotted path a user would mend.

    `limit` is the nearest value that would have been accepted, where there is one.
    """
    context: dict[str, object] = {"field": field, "message": message, "code": code}
    if limit is not None:
        context["limit"] = limit
    return PydanticCustomError("recipe_rule", "{message}", context)


def _printable(text: str) -> str:
    text = text.strip()
    if not text:
        raise PydanticCustomError("empty_name", "a name needs at least one visible character")
    if not all(character.isprintable() for character in text):
        raise PydanticCustomError("unprintable_name", "a name can't hold control characters")
    return text


Name = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_printable)]
