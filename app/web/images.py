"""What a network makes of one image, and one number of it taken apart."""

from typing import Annotated, Any

from fastapi import Depends
from pydantic import BaseModel
from starlette.responses import Response

from .answers.images import HandAnswer, PlaceAnswer
from .asking import Asking
from .chosen import Chosen, FoundSnapshot, check_known, layer_of, subject_of
from .numeric import place_by_hand, place_in_network
from .openapi import FILE, json_body
from .problems import Problem
from .questions import (
    ActivationsQuestion,
    HandQuestion,
    ImageQuestion,
    PlaceQuestion,
    hand_question,
    place_question,
)
from .routes import Routes
from .services import Serving

QUESTIONS: list[type[BaseModel]] = [ActivationsQuestion, PlaceQuestion, HandQuestion]
router = Routes(prefix="/api", tags=["filters"])
SNAPSHOT = "/runs/{run_id}/snapshots/{step}"
_TEXTBOOK = {
    "image": [[1, 2, 3, 0, 1], [0, 1, 2, 3, 1], [1, 0, 1, 2, 0], [2, 1, 0, 1, 2], [0, 1, 2, 1, 0]],
    "kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
    "row": 1,
    "column": 2,
}


def image_body(model: str, example: dict[str, Any], *, png: bool = False) -> dict[str, Any]:
    """Describes a body that is about an image: JSON, and where `png` is set, a PNG as it is."""
    described = json_body({"$ref": f"#/components/schemas/{model}", "example": example})
    if png:
        content = described["requestBody"]["content"]
        content["image/png"] = FILE
    return described


@router.post(
    f"{SNAPSHOT}/convolve",
    response_model=PlaceAnswer,
    openapi_extra=image_body(
        "PlaceQuestion", {"index": 7, "layer": "conv1", "filter": 0, "row": 2}
    ),
)
async def convolve_in_network(
    chosen: FoundSnapshot,
    services: Serving,
    asking: Asking,
    question: Annotated[PlaceQuestion, Depends(place_question)],
) -> Response:
    """Gives one output of one filter, taken apart: patch, kernel, products, sum, bias, activation.

    ```sh
    curl --json '{"index": 7, "layer": "conv1", "filter": 0, "row": 2, "column": 3}' \\
      http://127.0.0.1:8000/api/runs/latest/snapshots/latest/convolve
    ```
    """
    check_scaling(chosen, question)
    first = layer_of(chosen.run, None)
    if question.index is not None:
        check_known(chosen.run, "data")
    elif layer_of(chosen.run, question.layer) != first:
        check_known(chosen.run, "network")
    layer_of(chosen.run, question.layer)
    subject = subject_of(services.settings, chosen)
    return await asking.tell(place_in_network, subject, question.model_dump(), step=chosen.step)


@router.post(
    "/convolve", response_model=HandAnswer, openapi_extra=image_body("HandQuestion", _TEXTBOOK)
)
async def convolve_by_hand(
    asking: Asking, question: Annotated[HandQuestion, Depends(hand_question)]
) -> Response:
    """Returns the textbook's example with one's own numbers: one output taken apart, and all sums.

    ```sh
    curl --json '{"image": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "kernel": [[1, 0], [0, -1]]}' \\
      http://127.0.0.1:8000/api/convolve
    ```
    """
    return await asking.tell(place_by_hand, question.model_dump())


def check_scaling(chosen: Chosen, question: ImageQuestion) -> None:
    """Raises a Problem, 422, where a question says what the recipe says already."""
    if question.scaling is not None and chosen.run.recipe is not None:
        message = "This run's recipe says how images are scaled; leave scaling out."
        raise Problem(422, "invalid", message, field="scaling")
