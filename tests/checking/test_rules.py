"""Which rule is broken by what, and what is skipped rather than passed."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.checking.rules import Check, Limits, Measured, checks_of

HEALTHY = {"filters": 20, "is_finite": True, "norm": 3.0, "change": 1.4, "dead": 0, "duplicates": 0}


def layer(**other: Any) -> Measured:
    known: dict[str, Any] = {
        "title": "stem",
        "kind": "conv2d",
        "shape": (5, 5, 3, 20),
        "health": HEALTHY,
        "verdicts": {"oriented": 0.5},
    }
    return Measured(**known | other)


def outcomes(checks: list[Check]) -> dict[str, str]:
    return {check.rule: check.outcome for check in checks}


def test_a_healthy_layer_passes_every_rule_that_is_asked_for() -> None:
    told = outcomes(checks_of([layer()], Limits()))
    assert told == dict.fromkeys(("finite", "dead", "duplicates", "learned"), "passed")
    assert outcomes(checks_of([layer()], Limits(min_oriented=0.5)))["oriented"] == "passed"


@pytest.mark.parametrize(
    ("health", "rule", "words"),
    [
        ({"dead": 3}, "dead", "15 % of the filters are dead; 10 % may be."),
        ({"duplicates": 4}, "duplicates", "20 % of the filters have a near-duplicate"),
        ({"change": 0.004}, "learned", "It moved by 0.4 % of its length, and less than 1 %"),
    ],
)
def test_a_broken_rule_fails_with_its_figures(
    health: dict[str, Any], rule: str, words: str
) -> None:
    checks = checks_of([layer(health=HEALTHY | health)], Limits())
    [failed] = [check for check in checks if check.outcome == "failed"]
    assert failed.rule == rule
    assert words in failed.sentence
    assert failed.layer == "stem"
    assert failed.value is not None
    assert failed.limit is not None


def test_limits_decide() -> None:
    told = layer(health=HEALTHY | {"dead": 3, "duplicates": 4})
    assert set(outcomes(checks_of([told], Limits(max_dead=0.15, max_duplicates=0.2))).values()) == {
        "passed"
    }
    low = outcomes(checks_of([layer()], Limits(min_oriented=0.51)))
    assert low["oriented"] == "failed"
    for wrong in ({"max_dead": -0.1}, {"max_dead": float("nan")}, {"min_oriented": 30}, {"max": 1}):
        with pytest.raises(ValidationError):
            Limits.model_validate(wrong)


def test_nothing_else_is_said_of_a_layer_that_is_broken_or_can_t_be_read() -> None:
    broken = layer(health={"filters": 20, "is_finite": False}, verdicts=None)
    unread = layer(health=None, verdicts=None, problem="its bytes are missing")
    told = checks_of([broken, unread], Limits())
    assert [(check.rule, check.outcome) for check in told] == [("finite", "failed")] * 2
    assert "NaN" in told[0].sentence
    assert "its bytes are missing" in told[1].sentence


def test_what_can_t_be_judged_is_skipped_and_never_passed() -> None:
    unknown = {name: value for name, value in HEALTHY.items() if name != "change"}
    assert outcomes(checks_of([layer(health=unknown)], Limits()))["learned"] == "skipped"
    tiny = layer(shape=(1, 1, 8, 20), verdicts=None)
    told = outcomes(checks_of([tiny], Limits(min_oriented=0.3)))
    assert (told["duplicates"], told["oriented"]) == ("skipped", "skipped")
    many = {name: value for name, value in HEALTHY.items() if name != "duplicates"}
    assert outcomes(checks_of([layer(health=many)], Limits()))["duplicates"] == "skipped"
    dense = layer(kind="dense", shape=(100, 20), verdicts=None)
    assert outcomes(checks_of([dense], Limits())) == {"finite": "passed", "learned": "passed"}


def test_orientation_is_asked_of_the_first_layer_that_can_be_judged() -> None:
    deep = layer(title="deep", verdicts=None)
    first = layer(title="first", verdicts={"oriented": 0.9})
    later = layer(title="later", verdicts={"oriented": 0.0})
    told = checks_of([deep, first, later], Limits(min_oriented=0.3))
    [oriented] = [check for check in told if check.rule == "oriented"]
    assert (oriented.layer, oriented.outcome, oriented.value) == ("first", "passed", 0.9)
