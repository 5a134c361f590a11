"""Bodies of questions about images and places, checked before anything is computed."""

import base64
from typing import Annotated, Any, Literal, Self

from fastapi import Request
from pydantic import ConfigDict, Field, model_validator

from ..recipe.model import refuse
from ..strict_json import JsonRefused, has_few_parts
from .answers.ablation import How
from .answers.exchanged import Exchanged
from .asking import asker_of
from .body import json_bytes, parsed, read_bytes, refusal_of
from .numeric import large_object
from .services import services_of

_PIXELS = "rows of pixels of channels, 0 to 255: nested lists, or a typed array"


class _Question(Exchanged):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class ImageQuestion(_Question):
    """One image: one of the data set's by its number, pixels from 0 to 255, or a PNG in base64."""

    index: int | None = Field(None, ge=0, le=2**31, strict=True, description="of an image")
    split: Literal["train", "test"] = "test"
    image: Any = Field(None, description=_PIXELS)
    png: str | None = Field(None, description="the file in base64")
    scaling: Literal["pixels", "unit", "symmetric"] | None = Field(
        None,
        description="what the program of a run from elsewhere makes of pixels: nothing, 0 to 1 "
        "(unless said), or −1 to 1",
    )

    @model_validator(mode="after")
    def _one_image(self) -> Self:
        given = [name for name in ("index", "image", "png") if getattr(self, name) is not None]
        if len(given) != 1:
            raise refuse("say one of index, image and png", field="index", code="invalid")
        return self


class Switched(_Question):
    """Filters of a conv layer that are switched in a copy of the network."""

    layer: str = Field(max_length=40, description="a conv layer")
    filters: list[Annotated[int, Field(ge=0, le=2**31, strict=True)]] = Field(
        min_length=1, max_length=1024, description="counted from 0"
    )
    how: How = Field("off", description="what becomes of them, as `ablation` has it")


class ActivationsQuestion(ImageQuestion):
    """One image, and whether a copy of the network looks at it in which filters are switched."""

    switched: Switched | None = None


class _Place(_Question):
    row: int = Field(0, ge=0, le=2**31, strict=True)
    column: int = Field(0, ge=0, le=2**31, strict=True)
    flip: bool = Field(False, strict=True, description="turn the kernel by 180° first")


class PlaceQuestion(ImageQuestion, _Place):
    """One output of one filter; `padding` and `strides` are the layer's own unless said."""

    layer: str = Field("conv1", max_length=40)
    filter: int = Field(0, ge=0, le=2**31, strict=True)
    padding: Literal["valid", "same"] | None = None
    strides: int | None = Field(None, ge=1, le=32, strict=True)


class HandQuestion(_Place):
    """An image and a kernel of one's own: rows of numbers, or rows of pixels of channels."""

    image: Any = Field(description="nested lists, or a typed array; up to 64×64×16")
    kernel: Any = Field(description="as the image, with as many channels")
    padding: Literal["valid", "same"] = "valid"
    strides: int = Field(1, ge=1, le=32, strict=True)
    bias: float = Field(0.0, ge=-1e9, le=1e9)
    activation: Literal["linear", "relu", "tanh", "sigmoid"] = "linear"


async def activations_question(request: Request) -> ActivationsQuestion:
    """Reads the image that a request is about: JSON, or the bytes of a PNG as they are.

    Raises:
        Problem: as `json_object` does; 503 the helper process died.
        ValidationError: JSON, but no such question.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "image/png":
        text = base64.b64encode(await read_bytes(request)).decode()
        return ActivationsQuestion.model_validate({"png": text})
    return ActivationsQuestion.model_validate(await _object(request))


async def place_question(request: Request) -> PlaceQuestion:
    """Reads the place that a request is about."""
    return PlaceQuestion.model_validate(await _object(request))


async def hand_question(request: Request) -> HandQuestion:
    """Reads the image, kernel and place that a request holds."""
    return HandQuestion.model_validate(await _object(request))


async def _object(request: Request) -> dict[str, Any]:
    """Reads the object in a body, one of many parts aside: the event loop would stand still for it.

    Raises:
        Problem: as `json_object` does; 503 the helper process died.
    """
    data, services = await json_bytes(request), services_of(request)
    if len(data) <= services.settings.max_body_bytes and has_few_parts(data):
        return parsed(data)
    try:
        told: dict[str, Any] = await asker_of(request, services).work_out(large_object, data)
    except JsonRefused as why:
        raise refusal_of(why) from None
    return told
