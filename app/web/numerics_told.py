"""What computed a run, and whether what computes here may round otherwise."""

import asyncio

from pydantic import Field

from ..numerics import Numerics, changes
from .answers.exchanged import Exchanged
from .asking import Asking
from .numeric import numerics_here
from .problems import Problem
from .routes import Routes
from .services import FoundRun, Serving

router = Routes(prefix="/api/runs/{run_id}", tags=["runs"])

_WARNING = (
    "This version may compute the last digits differently. The run can go on from its last "
    "checkpoint, without the promise that it comes to the same as uninterrupted, and says from "
    "which step on; or begin it anew."
)
_ELSEWHERE = "This run was trained elsewhere, so nobody here knows what computed it."


class NumericsAnswer(Exchanged):
    """What computed a run last, and what computes here."""

    numerics: Numerics | None = Field(description="of the run; null where nobody noted it")
    here: Numerics = Field(description="with which its next update would be computed")
    changes: list[str] = Field(description="what is otherwise here, in words; empty if nothing is")
    warning: str | None = Field(description="what that means for going on; null if nothing changed")


@router.get("/numerics")
async def get_numerics(run: FoundRun, services: Serving, asking: Asking) -> NumericsAnswer:
    """Says what computed a run, and what going on here would mean for its last digits.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/numerics
    ```
    """
    if run.described.source != "own":
        raise Problem(409, "not_known", _ELSEWHERE)
    kept = await asyncio.to_thread(services.store.numerics, run.number)
    here: Numerics = await asking.work_out(numerics_here)
    has_begun = run.started_at is not None
    changed = changes(kept, here) if has_begun else []
    return NumericsAnswer(
        numerics=kept, here=here, changes=changed, warning=_WARNING if changed else None
    )
