"""The test pictures that a network takes for something else."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from .answers.mistakes import MistakesAnswer
from .asking import Asking
from .chosen import FoundSnapshot, check_known, subject_of
from .numeric import mistakes
from .services import Serving

router = APIRouter(prefix="/api", tags=["filters"])

_MOST = 100


@router.get("/runs/{run_id}/snapshots/{step}/mistakes", response_model=MistakesAnswer)
async def get_mistakes(
    chosen: FoundSnapshot,
    services: Serving,
    asking: Asking,
    count: Annotated[int, Query(ge=0, le=_MOST, description="of pictures, at most")] = 24,
) -> Response:
    """Tries up to 10,000 test pictures: those taken for another class, the surest mistakes first.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/latest/snapshots/latest/mistakes?count=5'
    ```
    """
    check_known(chosen.run, "data")
    subject = subject_of(services, chosen)
    return await asking.tell(mistakes, subject, count, step=chosen.step)
