"""What filters are worth: a copy of the network is tried without them, the run stays as it is."""

from pydantic import BaseModel
from starlette.responses import Response

from .answers.ablation import AblationAnswer, AblationQuestion
from .asking import RARELY, Asking
from .body import JsonObject
from .chosen import FoundSnapshot, check_known, layer_of, subject_of
from .numeric import ablation
from .openapi import json_body
from .routes import Routes
from .services import Serving

QUESTIONS: list[type[BaseModel]] = [AblationQuestion]
router = Routes(prefix="/api/runs/{run_id}/snapshots/{step}", tags=["filters"])

_ASKED = {
    "$ref": "#/components/schemas/AblationQuestion",
    "example": {"layer": "conv1", "filters": [3], "how": "off"},
}


@router.post("/ablation", response_model=AblationAnswer, openapi_extra=json_body(_ASKED))
async def try_without(
    body: JsonObject, chosen: FoundSnapshot, services: Serving, asking: Asking
) -> Response:
    """Tells how many test pictures are named rightly without filters, each by itself and together.

    ```sh
    curl --json '{"layer": "conv1"}' \\
      http://127.0.0.1:8000/api/runs/latest/snapshots/latest/ablation
    ```
    """
    asked = AblationQuestion.model_validate(body)
    check_known(chosen.run, "data")
    layer_of(chosen.run, asked.layer)
    filters = None if asked.filters is None else tuple(asked.filters)
    key = ("ablation", chosen.run.id, chosen.step, asked.layer, filters, asked.how)
    told = subject_of(services.settings, chosen), asked.layer, filters, asked.how
    asker = asking._replace(places=RARELY)
    content = await asker.share(services.shared, key, ablation, *told)
    return Response(content, media_type="application/json")
