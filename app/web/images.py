"""What a network makes of one image, and one number of it taken apart."""

from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel
from starlette.responses import Response

from .answers.images import ActivationsAnswer, HandAnswer, PlaceAnswer
from .asking import OFTEN, Asker, Asking
from .chosen import Chosen, FoundSnapshot, check_known, layer_of, subject_of
from .numeric import activations, place_by_hand, place_in_network
from .openapi import FILE, json_body
from .problems import Problem
from .questions import (
    ActivationsQuestion,
    HandQuestion,
    ImageQuestion,
    PlaceQuestion,
    activations_question,
    hand_question,
    place_question,
)
from .routes import Routes
from .services import Serving

QUESTIONS: list[type[BaseModel]] = [ActivationsQuestion, PlaceQuestion, HandQuestion]
router = Routes(prefix="/api", tags=["filters"])

_SNAPSHOT = "/runs/{run_id}/snapshots/{step}"
_TEXTBOOK = {
    "image": [[1, 2, 3, 0, 1], [0, 1, 2, 3, 1], [1, 0, 1, 2, 0], [2, 1, 0, 1, 2], [0, 1, 2, 1, 0]],
    "kernel": [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
    "row": 1,
    "column": 2,
}


Asked = Annotated[ActivationsQuestion, Depends(activations_question)]
Maps = Annotated[bool, Query(description="`0`, for who asks often: no feature maps")]


async def _asker_of_maps(_read: Asked, asking: Asking, maps: Maps = True) -> Asker:
    """Turns away who draws while there is no place, before anything is looked up."""
    if not maps:
        asking = asking._replace(places=OFTEN)
        asking.check()
    return asking


def _body(model: str, example: dict[str, Any], *, png: bool = False) -> dict[str, Any]:
    described = json_body({"$ref": f"#/components/schemas/{model}", "example": example})
    if png:
        content = described["requestBody"]["content"]
        content["image/png"] = FILE
    return described


@router.post(
    f"{_SNAPSHOT}/activations",
    response_model=ActivationsAnswer,
    openapi_extra=_body("ActivationsQuestion", {"index": 7}, png=True),
)
async def get_activations(
    asking: Annotated[Asker, Depends(_asker_of_maps)],
    chosen: FoundSnapshot,
    services: Serving,
    question: Asked,
    maps: Maps = True,
) -> Response:
    """Gives the feature maps of an image and, where all weights were kept, the class probabilities.

    ```sh
    curl --json '{"index": 7}' \\
      http://127.0.0.1:8000/api/runs/latest/snapshots/latest/activations
    ```
    """
    _check_scaling(chosen, question)
    if question.switched is not None:
        check_known(chosen.run, "data")
        layer_of(chosen.run, question.switched.layer)
    check_known(chosen.run, "network" if question.index is None else "data")
    subject, layers = subject_of(services, chosen), tuple(chosen.run.layers if maps else ())
    return await asking.tell(activations, subject, layers, question.model_dump(), step=chosen.step)


@router.post(
    f"{_SNAPSHOT}/convolve",
    response_model=PlaceAnswer,
    openapi_extra=_body("PlaceQuestion", {"index": 7, "layer": "conv1", "filter": 0, "row": 2}),
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
    _check_scaling(chosen, question)
    first = layer_of(chosen.run, None)
    if question.index is not None:
        check_known(chosen.run, "data")
    elif layer_of(chosen.run, question.layer) != first:
        check_known(chosen.run, "network")
    layer_of(chosen.run, question.layer)
    subject = subject_of(services, chosen)
    return await asking.tell(place_in_network, subject, question.model_dump(), step=chosen.step)


@router.post("/convolve", response_model=HandAnswer, openapi_extra=_body("HandQuestion", _TEXTBOOK))
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


def _check_scaling(chosen: Chosen, question: ImageQuestion) -> None:
    if question.scaling is not None and chosen.run.recipe is not None:
        message = "This run's recipe says how images are scaled; leave scaling out."
        raise Problem(422, "invalid", message, field="scaling")
