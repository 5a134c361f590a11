"""A worker's death is explained to its owner, and to the page without what is nobody's business."""

import json
import os
import signal
from pathlib import Path

import pytest

from app.workers.crash import Death, without_paths
from app.workers.supervisor import Supervisor
from tests.workers.keeper import Log, recipe, supervising


@pytest.mark.parametrize(
    ("exit_code", "killed_for_memory", "words"),
    [
        (-signal.SIGKILL, True, "was killed by the kernel because the machine ran out of memory"),
        (-signal.SIGKILL, False, "was killed from outside, not for want of memory"),
        (-signal.SIGKILL, None, "was killed, perhaps because the machine ran out of memory"),
        (-signal.SIGSEGV, False, "was ended by signal SIGSEGV"),
        (-63, False, "was ended by signal 63"),
        (3, False, "ended by itself with exit code 3"),
    ],
)
def test_a_death_is_told_by_its_cause(
    exit_code: int, killed_for_memory: bool | None, words: str
) -> None:
    death = Death(exit_code, 300 * 2**20, killed_for_memory, "")
    assert death.words == f"{words}; it had used 300 MiB of memory"
    assert ("smaller batch_size" in death.advice) == (
        words.startswith("was killed") and (killed_for_memory is not False)
    )


@pytest.mark.parametrize(
    "path", ["/home/me/data/x.npz", "/tmp/a", r"C:\Users\me\x.npz", "/data/cache/nulls-9x9.json"]
)
def test_no_path_is_told(path: str) -> None:
    told = without_paths(f"[Errno 2] can't open {path}: gone")
    assert told == "[Errno 2] can't open …: gone"


def test_what_is_no_path_is_told_as_it_is() -> None:
    plain = "shapes (3, 4) and 5 don't match; loss/accuracy, 3/4"
    assert without_paths(plain) == plain


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_is_named_on_the_page_and_told_in_full_to_its_owner(
    supervisor: Supervisor, log: Log, number: signal.Signals
) -> None:
    supervisor.start("a", recipe(10**6))
    log.wait_for_step("a", 5)
    os.kill(supervisor.worker_of("a"), number)
    failed = log.wait_for_end("a")
    assert failed["code"] == "worker_died"
    assert f"was ended by signal {number.name}; it had used" in failed["message"]
    log.wait_for(lambda: "a" in log.reports)
    assert "Fatal Python error" in log.reports["a"]
    assert "session.py" in log.reports["a"], "where the process stood"
    assert "session.py" not in json.dumps(failed)
    assert "/" not in failed["message"]


def test_a_run_that_raised_keeps_its_traceback_off_the_page(
    supervisor: Supervisor, log: Log
) -> None:
    supervisor.start("a", recipe(2).model_copy(update={"batch_size": 20_000}))
    failed = log.wait_for_end("a")
    log.wait_for(lambda: "a" in log.reports)
    assert "Traceback" in log.reports["a"]
    assert "order.py" in log.reports["a"]
    assert "order.py" not in json.dumps(failed)


def test_dead_workers_leave_no_trace_behind(log: Log, cache_folder: Path) -> None:
    traces = cache_folder / "traces"
    traces.mkdir(exist_ok=True)
    (traces / "1-1.txt").write_text("left by a server that was killed")
    with supervising(log, cache_folder) as supervisor:
        supervisor.start("a", recipe(10**6))
        log.wait_for_step("a", 1)
        os.kill(supervisor.worker_of("a"), signal.SIGKILL)
        log.wait_for_end("a")
    assert list(traces.iterdir()) == []
