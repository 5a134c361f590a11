"""The rules by which filters are healthy. They speak of what was measured, and measure nothing."""

import math
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from ..external.described import CONV_KINDS, DEPTHWISE_KINDS

RuleName = Literal["finite", "dead", "duplicates", "learned", "oriented"]
Outcome = Literal["passed", "failed", "skipped"]

LEAST_CHANGE: Final = 0.01  # of a layer's length: less is rounding, or one update with a tiny rate
_FEWEST_WEIGHTS: Final = 9  # filters of fewer resemble each other by chance

_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Limits(BaseModel):
    """How much of something is still healthy, as shares of a layer's filters.

    Attributes:
        min_oriented: must be edges or lines in the first layer that can be judged; None asks for
            nothing.
        max_dead: may be next to nothing beside the others.
        max_duplicates: may have a twin among them.
    """

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True)

    min_oriented: _Share | None = None
    max_dead: _Share = 0.1
    max_duplicates: _Share = 0.1


class Measured(NamedTuple):
    """What is known of one layer that has a kernel.

    Attributes:
        title: as its owner calls it.
        health: as `app.telling.health.health_of` has it; None where it couldn't be read.
        verdicts: as `app.verdicts` has them; None where the edge metric may not speak.
        problem: why it couldn't be read; None if it could.
        unmeasured: why it isn't known how far it has come; None if it is.
    """

    title: str
    kind: str
    shape: tuple[int, ...]
    health: dict[str, Any] | None
    verdicts: dict[str, Any] | None
    problem: str | None = None
    unmeasured: str | None = None


class Check(BaseModel):
    """One rule on one layer.

    Attributes:
        layer: as its owner calls it; None for a rule on the whole network.
        value: what was measured, and `limit` what it was held against; None where there is none.
        sentence: what came of it, in words.
    """

    rule: RuleName
    layer: str | None
    outcome: Outcome
    value: float | None = None
    limit: float | None = None
    sentence: str


def checks_of(layers: Sequence[Measured], limits: Limits) -> list[Check]:
    """Holds the rules against all layers, in the network's order."""
    checks = [check for layer in layers for check in _of_layer(layer, limits)]
    if limits.min_oriented is not None:
        checks.append(_oriented(layers, limits.min_oriented))
    return checks


def _of_layer(layer: Measured, limits: Limits) -> Iterator[Check]:
    health = layer.health
    if health is None or not health["is_finite"]:
        why = f"can't be read: {layer.problem}" if health is None else "holds NaN or infinity"
        yield _check("finite", layer, "failed", f"{layer.title} {why}.")
        return
    yield _check("finite", layer, "passed", "Every weight is a number.")
    if layer.kind in CONV_KINDS | DEPTHWISE_KINDS:
        count = health["filters"]
        yield _at_most("dead", layer, health["dead"] / count, limits.max_dead, "are dead")
        yield _duplicates(layer, limits.max_duplicates)
    yield _learned(layer)


def _duplicates(layer: Measured, most: float) -> Check:
    health = layer.health or {}
    depth = layer.shape[:-2] if layer.kind in DEPTHWISE_KINDS else layer.shape[:-1]
    if math.prod(depth) < _FEWEST_WEIGHTS:
        words = f"Filters of {math.prod(depth)} weights resemble each other by chance."
        return _check("duplicates", layer, "skipped", words)
    if "duplicates" not in health:
        words = f"{health['filters']:,} filters are too many to be compared."
        return _check("duplicates", layer, "skipped", words)
    share = health["duplicates"] / health["filters"]
    return _at_most("duplicates", layer, share, most, "have a near-duplicate")


def _learned(layer: Measured) -> Check:
    change = (layer.health or {}).get("change")
    if change is None:
        why = layer.unmeasured or "Its first weights aren't known"
        return _check("learned", layer, "skipped", f"{why}.")
    outcome: Outcome = "passed" if change >= LEAST_CHANGE else "failed"
    words = f"It moved by {_percent(change)} of its length"
    words += "." if outcome == "passed" else f", and less than {_percent(LEAST_CHANGE)} is nothing."
    return _check("learned", layer, outcome, words, change, LEAST_CHANGE)


def _oriented(layers: Sequence[Measured], least: float) -> Check:
    judged = next((layer for layer in layers if layer.verdicts is not None), None)
    if judged is None or judged.verdicts is None:
        words = (
            "No layer can be judged: only square filters of 3 to 31 that look at 1 to 4 channels "
            "can be edges or lines."
        )
        return Check(rule="oriented", layer=None, outcome="skipped", limit=least, sentence=words)
    share = judged.verdicts["oriented"]
    outcome: Outcome = "passed" if share >= least else "failed"
    words = f"{_percent(share)} of the filters are edges or lines; {_percent(least)} are asked for."
    return _check("oriented", judged, outcome, words, share, least)


def _at_most(rule: RuleName, layer: Measured, share: float, most: float, what: str) -> Check:
    outcome: Outcome = "passed" if share <= most else "failed"
    words = f"{_percent(share)} of the filters {what}; {_percent(most)} may be."
    return _check(rule, layer, outcome, words, share, most)


def _check(
    rule: RuleName,
    layer: Measured,
    outcome: Outcome,
    words: str,
    value: float | None = None,
    limit: float | None = None,
) -> Check:
    return Check(
        rule=rule, layer=layer.title, outcome=outcome, value=value, limit=limit, sentence=words
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
