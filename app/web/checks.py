"""Whether a run's filters are healthy, by rules that the asker sets."""

import asyncio
from typing import Annotated

from pydantic import Field

from ..checking.report import HealthReport
from ..checking.rules import Limits
from ..inspection.subject import Subject
from ..store import RunRow
from .asking import Asking
from .body import JsonObject
from .chosen import Chosen, step_of, subject_of
from .numeric import checked
from .openapi import json_body
from .problems import Problem
from .routes import Routes
from .services import Services, Serving, run_named

router = Routes(prefix="/api", tags=["filters"])

_Name = Annotated[str, Field(min_length=1, max_length=80)]


class RunToCheck(Limits):
    """A run, how it is held against, and by which limits.

    Attributes:
        run: its id, or `latest`.
        step: of the snapshot, or `first` or `latest`.
        against: RUN or RUN@STEP, whose weights show how far it has come; unless said, its own
            first snapshot, if that is the network before any update.
    """

    run: _Name
    step: _Name = "latest"
    against: _Name | None = None


BODIES = (RunToCheck,)


@router.post("/check", openapi_extra=json_body({"$ref": "#/components/schemas/RunToCheck"}))
async def check_run(body: JsonObject, services: Serving, asking: Asking) -> HealthReport:
    """Checks that every weight is a number, few filters are dead or twins, and each layer learned.

    What can't be judged is skipped, and never passes.

    ```sh
    curl --json '{"run": "latest", "min_oriented": 0.3}' http://127.0.0.1:8000/api/check
    ```
    """
    said = RunToCheck.model_validate(body)
    subject, first = await asyncio.to_thread(_subjects, services, said)
    limits = Limits.model_validate(said.model_dump(include=set(Limits.model_fields)))
    return HealthReport.model_validate(await asking.work_out(checked, subject, first, limits))


def _subjects(services: Services, said: RunToCheck) -> tuple[Subject, Subject | None]:
    """Returns what is checked, and what it is held against if there is anything."""
    run = _run(services, said.run, "run")
    steps = services.store.snapshot_steps(run.id)
    now = Chosen(run, step_of(steps, said.step))
    before = None
    if said.against is not None:
        name, _, at = said.against.partition("@")
        other = _run(services, name, "against")
        before = Chosen(other, step_of(services.store.snapshot_steps(other.id), at or "latest"))
    elif run.described.begins == "start" and now.step != steps[0]:
        before = Chosen(run, steps[0])
    return subject_of(services.settings, now), None if before is None else subject_of(
        services.settings, before
    )


def _run(services: Services, name: str, field: str) -> RunRow:
    run = run_named(services.store, name)
    if run is None:
        message = f"There is no run {name[:40]}; perhaps it was deleted."
        raise Problem(404, "run_unknown", message, field=field)
    return run
