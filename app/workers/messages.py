"""What the server and a worker say to each other over their pipe."""

from typing import NamedTuple

from ..events import EncodedEvent
from ..numerics import Numerics
from ..past import Handover, Past
from ..recipe import Recipe
from ..training.instruction import Instruction


class Job(NamedTuple):
    """To the worker: train this, from its beginning or on from where its `past` ends.

    `beginning` is where another run ended, if this one goes on from there.
    """

    run_id: str
    recipe: Recipe
    past: Past | None = None
    beginning: Handover | None = None


class Command(NamedTuple):
    """To the worker: do this to the run at hand; answered by a report with the same `number`."""

    number: int
    run_id: str
    instruction: Instruction


class Hold(NamedTuple):
    """To the worker: train no further until told otherwise, without a word about it."""

    run_id: str
    is_held: bool


class Leave(NamedTuple):
    """To the worker: report a last checkpoint and end."""


class Beat(NamedTuple):
    """From the worker: it goes on."""


class Report(NamedTuple):
    """From the worker: what happened, how long it trained so far, and how the run stands now.

    `checkpoint` is the state of training right after `events`; `crash` is why training broke, for
    whoever mends it. The first of a worker says in `numerics` what it computes with.
    """

    run_id: str
    events: list[EncodedEvent]
    training_seconds: float
    is_paused: bool
    is_over: bool
    answers: int | None = None
    checkpoint: bytes | None = None
    crash: str | None = None
    peak_memory_bytes: int = 0
    numerics: Numerics | None = None
