"""Twelve kinds of abuse: who else asks or watches has to notice none of it."""

from collections.abc import Iterator

import pytest

from bench.abusers import Budget, noticed
from bench.attacks import ATTACKS
from bench.serving import Serving, serving
from tests.reliability.scale import IS_FULL, tries

SECONDS = tries(1, 20)
SHORT = ("chunks of a byte, accepted", "metrics of a long run", "slow readers of a fast run")


@pytest.fixture(scope="module")
def attacked() -> Iterator[Serving]:
    with serving(("bench.attacked",)) as server:
        yield server


@pytest.mark.slow
@pytest.mark.parametrize("kind", ATTACKS if IS_FULL else SHORT)
def test_abuse_holds_up_nobody_and_loses_nothing(attacked: Serving, kind: str) -> None:
    found = noticed(attacked, kind, SECONDS, look_seconds=tries(1, 3))
    assert found.is_complete
    assert found.attempts > 0
    assert len(found.viewer) > 5 * SECONDS
    assert found.afterwards < 0.5
    if IS_FULL:
        assert found.holds(Budget()), found
