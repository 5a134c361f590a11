"""What teacher and phones tell each other about a question to the class: a poll and its votes."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .exchanged import Exchanged

PollKind = Literal["count", "filter", "choice"]
PollTopic = Literal[
    "oriented_count",
    "highest_score",
    "most_changed",
    "least_changed",
    "oriented_share",
    "accuracy",
]
PollState = Literal["open", "closed", "revealed"]
LeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$", examples=["0f7c1a52-desk"])]


class PollResult(Exchanged):
    """What a poll came to.

    `tally` counts the votes for 0, 1, …, `truth` lists those that are right, as the run itself
    tells at `step`; `is_final` is false while the run still trains.
    """

    tally: list[int]
    truth: list[int]
    step: int
    is_final: bool
    sentence: str


class PollTold(Exchanged):
    """A question to the class, as everybody sees it; `result` is null until the reveal.

    A vote is a whole number from 0 to `most`: a count, a filter (from 0), or the place of one of
    the `choices`.
    """

    id: str
    kind: PollKind
    topic: PollTopic
    question: str
    run: str
    layer: str
    most: int
    choices: list[str]
    state: PollState
    answered: int
    result: PollResult | None


class PollTally(Exchanged):
    """How the votes stand, for who leads alone until the reveal; `followers` may vote."""

    poll: str
    answered: int
    tally: list[int]
    followers: int


class _PollBody(Exchanged):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class NewPoll(_PollBody):
    """What to ask the class: about `run`, or the one that the teacher looks at."""

    leader: LeaderName
    topic: PollTopic
    run: str | None = Field(None, min_length=1, max_length=64)


class PollChange(_PollBody):
    """What becomes of the poll; a revealed one can be revealed again, with what the run tells by
    now.
    """

    leader: LeaderName
    state: PollState


class Vote(_PollBody):
    """What a phone says to the poll of that id."""

    poll: str = Field(min_length=1, max_length=64)
    vote: int = Field(ge=0, le=65_536, strict=True)
