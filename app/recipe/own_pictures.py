"""Pictures of one's own in a recipe: all of them that shapes and rules follow from."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticKnownError

from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.own_pictures import own_reference
from .model import Model

_NAMES: Final = tuple(DATASETS)
_SHOWN: Final = f"{', '.join(map(repr, _NAMES))} or own:NAME"


class OwnPictures(Model):
    """What a recipe says of a data set of one's own; the server fills it in.

    So a recipe holds all that its network follows from, whatever becomes of the pictures.
    """

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    shape: tuple[int, int, int]
    class_names: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(
        min_length=2, max_length=100
    )
    train_size: int = Field(ge=2, le=100_000)
    test_size: int = Field(ge=1, le=100_000)


def _is_known(name: str) -> str:
    if name in DATASETS or own_reference(name):
        return name
    raise PydanticKnownError("literal_error", {"expected": _SHOWN})


DatasetName = Annotated[
    str,
    AfterValidator(_is_known),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "enum": list(_NAMES)},
                {"type": "string", "pattern": "^own:.+"},
            ]
        }
    ),
]


def own_info(name: str, pictures: OwnPictures) -> DatasetInfo:
    """Describes pictures of one's own as the data sets that come with the program are."""
    reference = own_reference(name)
    title = reference.name if reference else name
    return DatasetInfo(
        name=name,
        title=title,
        sentence="Pictures of your own.",
        source="your own",
        licence="as you have it",
        **pictures.model_dump(exclude={"digest"}),
    )


def drafted_dataset(draft: Mapping[str, Any]) -> DatasetInfo | None:
    """Describes the data set that a draft names; None where it can't be known."""
    name = draft.get("dataset")
    if not isinstance(name, str):
        return None
    if own_reference(name) is None:
        return DATASETS.get(name)
    try:
        return own_info(name, OwnPictures.model_validate(draft.get("own")))
    except ValidationError:
        return None
