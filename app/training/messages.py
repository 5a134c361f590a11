"""What the server and a worker say to each other over their pipe."""

from typing import Literal, NamedTuple

from app.events import EncodedEvent
from app.recipe import Recipe


class Job(NamedTuple):
    """To the worker: train this."""

    run_id: str
    recipe: Recipe


class Command(NamedTuple):
    """To the worker: do this to the run at hand; answered by a report with the same `number`.

    `learning_rate` takes effect before `status` and `advance` (pause after that many updates).
    """

    number: int
    run_id: str
    status: Literal["paused", "running", "stopped"] | None = None
    learning_rate: float | None = None
    advance: int | None = None


class Report(NamedTuple):
    """From the worker: what happened, how long it trained so far, and how the run stands now."""

    run_id: str
    events: list[EncodedEvent]
    training_seconds: float
    is_paused: bool
    is_over: bool
    answers: int | None = None
