"""Which layer and which snapshot a request means."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Path

from ..external.described import Look
from ..external.sentences import unknown
from ..inspection.subject import Subject
from ..settings import Settings
from ..store import RunRow, Store
from .problems import Problem
from .services import FoundRun, Serving

Step = Annotated[str, Path(description="a step, or `first`, or `latest`")]


class Chosen(NamedTuple):
    """A run, and the step of one of its snapshots."""

    run: RunRow
    step: int


def found_snapshot(run: FoundRun, services: Serving, step: Step) -> Chosen:
    """Returns the snapshot a path names; its weights aren't read.

    Raises:
        Problem: 404 if there is none, 422 if the step is no step.
    """
    return snapshot_named(services.store, run, step)


def snapshot_named(store: Store, run: RunRow, step: str) -> Chosen:
    """Returns a run's snapshot by its step's name; raises as `found_snapshot`."""
    if _is_number(step) and store.lists_snapshot(run, int(step)):
        return Chosen(run, int(step))
    return Chosen(run, step_of(store.snapshot_steps(run.id), step))


def subject_of(settings: Settings, chosen: Chosen) -> Subject:
    """Returns what the process aside is told to look at."""
    return Subject(settings.database_path, settings.cache_folder, chosen.run.id, chosen.step)


FoundSnapshot = Annotated[Chosen, Depends(found_snapshot)]


def layer_of(run: RunRow, asked: str | None) -> str:
    """Returns the conv layer asked for, unsaid the first; a 404 that lists them if it is none."""
    if asked is None:
        return run.layers[0]
    if asked not in run.layers:
        message = f"This run's conv layers are {', '.join(run.layers)}."
        raise Problem(404, "no_layer", message, field="layer")
    return asked


def check_known(run: RunRow, look: Look) -> None:
    """Refuses a question that needs more than is known of the run: 409 with the reason."""
    if reason := unknown(run.described, look):
        raise Problem(409, "not_known", reason)


def step_of(steps: list[int], asked: str) -> int:
    """Returns the step that `asked` means; a 404 with the nearest if there is no snapshot of it."""
    if not steps:
        raise Problem(404, "no_snapshot", "This run has no snapshot yet.", field="step")
    if asked in ("first", "latest"):
        return steps[0 if asked == "first" else -1]
    if not _is_number(asked):
        message = "step must be a whole number, or first, or latest."
        raise Problem(422, "invalid", message, field="step")
    step = int(asked)
    if step not in steps:
        nearest = min(steps, key=lambda there: abs(there - step))
        message = f"There is no snapshot after {step} updates; the nearest is after {nearest}."
        raise Problem(404, "no_snapshot", message, field="step", limit=nearest)
    return step


def _is_number(asked: str) -> bool:
    return asked.isascii() and asked.isdecimal() and len(asked) < 16
