"""Where a run's first weights come from."""

import asyncio

from starlette.responses import Response

from ..external.sentences import NOT_FROM_THE_START
from .answers.initializers import FirstWeightsAnswer
from .asking import Asking
from .chosen import Chosen, layer_of, step_of, subject_of
from .history import Layer
from .numeric import first_weights
from .problems import Problem
from .routes import Routes
from .services import FoundRun, Serving

router = Routes(prefix="/api/runs/{run_id}", tags=["initializers"])


@router.get("/start", response_model=FirstWeightsAnswer)
async def get_start(
    run: FoundRun, services: Serving, asking: Asking, layer: Layer = None
) -> Response:
    """Says which of the known initialisers a layer's weights at frame 0 may have been drawn by.

    ```sh
    curl 'http://127.0.0.1:8000/api/runs/latest/start?layer=conv1'
    ```
    """
    asked = layer_of(run, layer)
    if run.described.begins != "start":
        raise Problem(409, "not_known", NOT_FROM_THE_START)
    steps = await asyncio.to_thread(services.store.snapshot_steps, run.id)
    chosen = Chosen(run, step_of(steps, "first"))
    subject = subject_of(services.settings, chosen)
    return await asking.tell(first_weights, subject, asked, step=chosen.step)
