"""A worker shares its batches with a process of its own, and does without where it must."""

import os
import signal
import sys

import pytest

from app.workers.supervisor import Supervisor
from tests.processes import children_of, wait_until_gone
from tests.workers.keeper import Log, recipe

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="there are no forked replicas here",
)
STEPS = 1500


def replicas(supervisor: Supervisor, log: Log, run_id: str) -> list[int]:
    """Those of a run that has just begun to train."""
    log.wait_for_step(run_id, 20)
    return children_of(supervisor.worker_of(run_id))


def test_a_run_whose_replica_was_killed_tells_what_it_would_have_told(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("quiet", recipe(STEPS))
    left_alone = replicas(supervisor, log, "quiet")
    assert left_alone
    assert log.wait_for_end("quiet")["kind"] == "run_finished"
    wait_until_gone(left_alone)

    supervisor.start("bereft", recipe(STEPS))
    for pid in replicas(supervisor, log, "bereft"):
        os.kill(pid, signal.SIGKILL)
    assert log.wait_for_end("bereft")["kind"] == "run_finished"
    told = [[event.body for event in log.of(run_id)] for run_id in ("quiet", "bereft")]
    assert told[0] == told[1]


def test_a_replica_goes_when_its_worker_is_killed(supervisor: Supervisor, log: Log) -> None:
    supervisor.start("a", recipe(10**6))
    abandoned = replicas(supervisor, log, "a")
    assert abandoned
    os.kill(supervisor.worker_of("a"), signal.SIGKILL)
    assert log.wait_for_end("a")["code"] == "worker_died"
    wait_until_gone(abandoned)
