"""How a run went, in a few numbers at each look, as the interface tells it."""

from pydantic import Field

from .exchanged import Exchanged


class FilterCourse(Exchanged):
    """What the first conv layer's filters were at each snapshot."""

    step: list[int]
    edges: list[float] = Field(description="share of them that are edges or lines")
    score: list[float]


class AnswerCourse(Exchanged):
    """What share of new pictures was named rightly; empty where nothing is named."""

    step: list[int]
    accuracy: list[float]


class CoursesAnswer(Exchanged):
    """Both courses of a run, to lay over those of others."""

    run: str
    filters: FilterCourse
    answers: AnswerCourse
