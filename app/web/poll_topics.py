"""What a class can be asked about a run, and how the run itself tells the answer."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from ..events import LIVE
from ..external.described import Described
from ..store import RunRow, Store
from ..vocabulary.labels import ORIENTED
from .answers.polls import PollKind, PollTopic
from .poll import PollQuestion
from .problems import Problem

_SHARES: Final = (
    "Hardly any see edges or lines: at most 1 in 10",
    "Some do: up to half",
    "Most do: more than half",
)
_RIGHT: Final = ("0 to 25", "26 to 50", "51 to 75", "76 to 100")
_QUARTER: Final = 25


class Truth(NamedTuple):
    """The votes that are right, as a run tells at a step, and a sentence that says it."""

    votes: list[int]
    sentence: str
    step: int = 0
    is_final: bool = False


class _Topic(NamedTuple):
    """One thing to ask: `ask` words it for a run and its number of filters."""

    kind: PollKind
    ask: Callable[[Described, int], str]
    tell: Callable[[RunRow, dict[str, Any]], Truth]
    choices: tuple[str, ...] = ()


def question_about(topic: PollTopic, run: RunRow, store: Store) -> PollQuestion:
    """Words a question about a run's first conv layer.

    Raises:
        Problem: 409 the run couldn't tell the answer.
    """
    body = _newest(run, store)
    _told(topic, run, body)  # what can't be told isn't asked
    asked = _TOPICS[topic]
    filters = len(body.get("norm") or ())
    most = {"count": filters, "filter": filters - 1, "choice": len(asked.choices) - 1}[asked.kind]
    return PollQuestion(
        kind=asked.kind,
        topic=topic,
        words=asked.ask(run.described, filters),
        run=run.id,
        layer=run.layers[0],
        most=most,
        choices=asked.choices,
    )


def truth_of(topic: PollTopic, run: RunRow, store: Store) -> Truth:
    """Returns the answer at the newest snapshot.

    Raises:
        Problem: 409 the run doesn't tell it, or not yet.
    """
    body = _newest(run, store)
    told = _told(topic, run, body)
    return told._replace(step=body["step"], is_final=run.status not in LIVE)


def _newest(run: RunRow, store: Store) -> dict[str, Any]:
    steps = store.snapshot_steps(run.id)
    bodies = store.bodies(run.id, "snapshot", steps[-1] - 1) if steps else []
    if not bodies:
        message = "This run has no snapshot yet, so nothing can be asked about its filters."
        raise Problem(409, "not_known", message, field="topic")
    return bodies[-1]


def _told(topic: PollTopic, run: RunRow, body: dict[str, Any]) -> Truth:
    try:
        return _TOPICS[topic].tell(run, body)
    except (KeyError, TypeError, ValueError):
        message = "This run doesn't tell that, so the class can't be asked it; ask something else."
        raise Problem(409, "not_known", message, field="topic") from None


def _oriented(body: dict[str, Any]) -> tuple[int, int]:
    labels = body["label"]
    return sum(label in ORIENTED for label in labels), len(labels)


def _count(_run: RunRow, body: dict[str, Any]) -> Truth:
    oriented, filters = _oriented(body)
    return Truth([oriented], f"{oriented} of {filters} see edges or lines.")


def _share(_run: RunRow, body: dict[str, Any]) -> Truth:
    oriented, filters = _oriented(body)
    choice = 0 if oriented * 10 <= filters else 1 if oriented * 2 <= filters else 2
    return Truth([choice], f"{oriented} of {filters} see edges or lines.")


def _accuracy(run: RunRow, _body: dict[str, Any]) -> Truth:
    if run.validation_accuracy is None:
        raise KeyError
    right = round(100 * run.validation_accuracy)
    choice = min(max(0, right - 1) // _QUARTER, len(_RIGHT) - 1)
    return Truth([choice], f"It names {right} of 100 new pictures right.")


def _extreme(
    verdict: str, pick: Callable[[list[float]], float], words: str
) -> Callable[[RunRow, dict[str, Any]], Truth]:
    """Tells the filters with the largest or smallest verdict; several where they are alike."""

    def tell(_run: RunRow, body: dict[str, Any]) -> Truth:
        values = body[verdict]
        found = pick(values)
        filters = [index for index, value in enumerate(values) if value == found]
        named = " and ".join(str(index + 1) for index in filters)
        plural = "s" if len(filters) > 1 else ""
        return Truth(filters, f"Filter{plural} {named} {words.format(found)}")

    return tell


def _about(words: str) -> Callable[[Described, int], str]:
    return lambda _run, filters: words.format(filters)


def _what_filters(run: Described, _filters: int) -> str:
    spoilt = " and ".join(run.controls)
    return f"What will {spoilt} do to the filters?" if spoilt else "What will its filters see?"


def _how_many_right(run: Described, _filters: int) -> str:
    asked = "ow many of 100 new pictures will it name right?"
    spoilt = " and ".join(run.controls)
    return f"With {spoilt}, h{asked}" if spoilt else f"H{asked}"


_TOPICS: Final[dict[PollTopic, _Topic]] = {
    "oriented_count": _Topic(
        "count", _about("How many of these {} become edges or lines?"), _count
    ),
    "highest_score": _Topic(
        "filter",
        _about("Which of these {} gets the highest edge score?"),
        _extreme("score", max, "got the highest edge score, {:.2f}."),
    ),
    "most_changed": _Topic(
        "filter",
        _about("Which of these {} changes most?"),
        _extreme("change", max, "changed most."),
    ),
    "least_changed": _Topic(
        "filter",
        _about("Which of these {} changes least?"),
        _extreme("change", min, "changed least."),
    ),
    "oriented_share": _Topic("choice", _what_filters, _share, _SHARES),
    "accuracy": _Topic("choice", _how_many_right, _accuracy, _RIGHT),
}
