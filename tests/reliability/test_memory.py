"""Memory has a ceiling. The short form is `tests/web/test_answers.py`."""

import pytest

from bench import memory
from tests.reliability.scale import IS_FULL


@pytest.mark.skipif(not IS_FULL, reason="takes some minutes; make reliability")
def test_who_wants_the_largest_answers_at_once_takes_no_more_memory_than_there_is() -> None:
    missed = [str(row) for row in memory.measure() if not row.holds]
    assert not missed
