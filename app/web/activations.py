"""What a network makes of one image: asked for once, or again and again while somebody draws."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from ..settings import Settings
from ..store import Store
from .answers.images import ActivationsAnswer, DrawnAnswer
from .aside import Aside
from .asking import Asking, asker_of, too_many
from .body import read_bytes
from .chosen import Chosen, FoundSnapshot, check_known, layer_of, snapshot_named, subject_of
from .drawing_line import AskedNetwork, DrawingLine, Told
from .images import SNAPSHOT, check_scaling, image_body
from .numeric import TellingEach, TooLarge, activations, drawn, drawn_alone
from .problems import Problem
from .questions import ActivationsQuestion, activations_question
from .routes import Routes
from .services import Serving, known_run, services_of
from .why_not import why_not

Asked = Annotated[ActivationsQuestion, Depends(activations_question)]
Maps = Annotated[bool, Query(description="`0`, for who asks often: no maps, no pixels")]


class ShortWay(APIRoute):
    """Answers whoever draws without what FastAPI does for others: looking up, thread by thread,
    what is looked up once for all who draw.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns what answers a request."""
        for_others = super().get_route_handler()

        async def answer(request: Request) -> Response:
            if request.scope["query_string"] != b"maps=0":
                return await for_others(request)
            line = services_of(request).drawing_line
            if line.is_full:
                refusal = too_many(len(line))
                await read_bytes(request)  # else the connection ends, and is opened anew at once
                raise refusal
            return await _answer_drawing(request, await activations_question(request))

        return answer


router = Routes(prefix="/api", tags=["filters"], kind=ShortWay)


@router.post(
    f"{SNAPSHOT}/activations",
    response_model=ActivationsAnswer | DrawnAnswer,
    openapi_extra=image_body("ActivationsQuestion", {"index": 7}, png=True),
)
async def get_activations(
    request: Request,
    asking: Asking,
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
    if not maps:
        return await _answer_drawing(request, question)
    check_question(chosen, question)
    subject, layers = subject_of(services.settings, chosen), tuple(chosen.run.layers)
    return await asking.tell(activations, subject, layers, question.model_dump(), step=chosen.step)


def check_question(chosen: Chosen, question: ActivationsQuestion) -> None:
    """Raises a Problem where more is asked than is known of the run, or than it has."""
    check_scaling(chosen, question)
    if question.switched is not None:
        check_known(chosen.run, "data")
        layer_of(chosen.run, question.switched.layer)
    check_known(chosen.run, "network" if question.index is None else "data")


async def _answer_drawing(request: Request, question: ActivationsQuestion) -> Response:
    """Answers together with others who draw for the same network."""
    services, path = services_of(request), request.path_params
    network, line = AskedNetwork(path["run_id"], path["step"]), services.drawing_line
    has_left = request.scope.get("filterscope.has_left", lambda: False)
    if line.is_full:  # asked here, where it joins: others may have joined while its body came
        raise too_many(len(line))
    try:
        with why_not():
            content = await line.answer(network, question, has_left)
    except TooLarge:
        chosen = await asyncio.to_thread(_found, services.store, network)
        subject = subject_of(services.settings, chosen)
        asked = question.model_dump()
        asker = asker_of(request, services)
        return await asker.tell(drawn_alone, subject, asked, step=chosen.step)
    return Response(content, media_type="application/json")


def drawing_line(settings: Settings, store: Store, aside: Aside) -> DrawingLine:
    """Returns a line for those who draw, to whom the networks of `store` answer from `aside`."""

    async def look(network: AskedNetwork, questions: list[ActivationsQuestion]) -> list[Told]:
        chosen = await asyncio.to_thread(_found, store, network)
        refusals = [_refusal(chosen, question) for question in questions]
        asked = [
            question.model_dump()
            for question, refusal in zip(questions, refusals, strict=True)
            if refusal is None
        ]
        each, subject = TellingEach(drawn, {"step": chosen.step}), subject_of(settings, chosen)
        tell = partial(aside.run, client="drawings", patience_seconds=each.patience_seconds)
        answers = await tell(each, subject, asked) if asked else []
        return list(_in_order(refusals, answers))

    return DrawingLine(look)


def _in_order(refusals: list[Problem | None], answers: list[Told]) -> Iterator[Told]:
    """Yields what each is told, up to the first for whom there was no time."""
    rest = iter(answers)
    for refusal in refusals:
        told = refusal or next(rest, None)
        if told is None:
            return
        yield told


def _found(store: Store, network: AskedNetwork) -> Chosen:
    return snapshot_named(store, known_run(store, network.run_id), network.step)


def _refusal(chosen: Chosen, question: ActivationsQuestion) -> Problem | None:
    try:
        check_question(chosen, question)
    except Problem as problem:
        return problem
    return None
