"""The test pictures that a network takes for something else, and how often each class is."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from .answers.mistakes import ConfusionAnswer, MistakesAnswer
from .asking import Asking
from .chosen import FoundSnapshot, check_known, subject_of
from .numeric import confusion, mistakes
from .routes import Routes
from .services import Serving

router = Routes(prefix="/api/runs/{run_id}/snapshots/{step}", tags=["filters"])

_MOST = 100
Class = Annotated[int | None, Query(ge=0, le=2**31, description="a class, counted from 0")]


@router.get("/mistakes", response_model=MistakesAnswer)
async def get_mistakes(
    chosen: FoundSnapshot,
    services: Serving,
    asking: Asking,
    count: Annotated[int, Query(ge=0, le=_MOST, description="of pictures, at most")] = 24,
    label: Class = None,
    taken_for: Class = None,
    since: Annotated[
        bool, Query(description="tell from which step on each is taken so, as far as is kept")
    ] = False,
) -> Response:
    """Tries up to 10,000 test pictures: those taken for another class, the surest mistakes first.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/latest/snapshots/latest/mistakes?count=5&since=1'
    ```
    """
    check_known(chosen.run, "data")
    asked = count, label, taken_for, since
    return await asking.tell(
        mistakes, subject_of(services.settings, chosen), *asked, step=chosen.step
    )


@router.get("/confusion", response_model=ConfusionAnswer)
async def get_confusion(chosen: FoundSnapshot, services: Serving, asking: Asking) -> Response:
    """Counts what the test pictures of each class were named, up to 10,000 of them.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/snapshots/latest/confusion
    ```
    """
    check_known(chosen.run, "data")
    key = ("confusion", chosen.run.id, chosen.step)
    subject = subject_of(services.settings, chosen)
    content = await asking.share(services.shared, key, confusion, subject)
    return Response(content, media_type="application/json")
