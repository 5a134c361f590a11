"""What the measurement of worker and replica on one core makes of its samples."""

import sys

import pytest

if sys.platform != "linux":
    pytest.skip("forks on Linux alone", allow_module_level=True)

from bench.core_samples import PHASES, QUIET, Sample
from bench.on_one_core import _row

_RESTED, _APART, _MET = (Sample(0.002, shared, 0.5) for shared in (None, False, True))


def test_where_a_replica_rested_all_the_time_nothing_is_said_to_hold() -> None:
    for phase in PHASES[:3]:
        assert _row("as the trial chooses", phase, [_RESTED] * 3, [_APART] * 3).holds is None
    measured = _row("as the trial chooses", QUIET, [_RESTED] * 3, [_APART] * 3).measured
    assert measured.startswith("not measured: 0 of 0")


@pytest.mark.parametrize(("met", "holds"), [(1, True), (2, False)])
def test_the_share_is_of_the_samples_in_which_it_worked(met: int, holds: bool) -> None:
    samples = [_MET] * met + [_APART] * (20 - met) + [_RESTED] * 50
    assert _row("always together", QUIET, samples, samples).holds is holds
