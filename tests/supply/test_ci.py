"""What a change must pass: all of it is asked, in its order, whatever of it fails."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT
from tests.processes import wait_until_gone
from tests.waiting import wait_until

# Notes when a target begins and ends. A check waits until the other has begun, or says that it
# was alone: they run side by side. The one that hangs notes its process.
_MAKE = """#!/bin/sh
echo "begins $*" >>"$NOTES"
if [ "$1" = "$HANGS" ]; then
    echo "process $$" >>"$NOTES"
    exec sleep 60
fi
other=$([ "$1" = lint ] && echo audit || echo lint)
case "$1" in
lint | audit)
    for _ in $(seq 500); do grep -q "begins $other" "$NOTES" && break; sleep .02; done
    grep -q "begins $other" "$NOTES" || echo "alone $*" >>"$NOTES"
    ;;
esac
echo "said by $*"
echo "ends $*" >>"$NOTES"
[ "$1" != "$FAILS" ]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    make = tmp_path / "bin/make"
    make.parent.mkdir()
    make.write_text(_MAKE)
    make.chmod(0o755)
    return tmp_path


def _start(checkout: Path, fails: str = "", hangs: str = "") -> subprocess.Popen[str]:
    """Start it with this `make`, in a folder for what it keeps for a while."""
    (checkout / "for a while").mkdir()
    variables = {
        **os.environ,
        "PATH": f"{checkout / 'bin'}:{os.environ['PATH']}",
        "TMPDIR": str(checkout / "for a while"),
        "NOTES": str(checkout / "notes"),
        "FAILS": fails,
        "HANGS": hangs,
    }
    command = ["sh", checkout / ".ci/run"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=variables, stdout=pipe, stderr=pipe, text=True)


def _run(checkout: Path, fails: str = "") -> tuple[subprocess.CompletedProcess[str], list[str]]:
    started = _start(checkout, fails)
    said, complained = started.communicate(timeout=60)
    ran = subprocess.CompletedProcess(started.args, started.returncode, said, complained)
    assert not list((checkout / "for a while").iterdir())
    return ran, _notes(checkout)


def _notes(checkout: Path) -> list[str]:
    noted = checkout / "notes"
    return noted.read_text().splitlines() if noted.exists() else []


def test_the_checks_run_side_by_side_between_the_set_up_and_the_tests(checkout: Path) -> None:
    ran, notes = _run(checkout)
    assert ran.returncode == 0
    assert notes[:2] == ["begins .venv/.dev", "ends .venv/.dev"]
    assert notes[-2:] == ["begins test", "ends test"]
    between = ["audit", "lint", ".venv/.chromium"]
    assert sorted(notes[2:-2]) == sorted(
        f"{when} {a}" for a in between for when in ("begins", "ends")
    )
    assert [line for line in ran.stdout.splitlines() if "chromium" not in line] == [
        *("said by .venv/.dev", "said by lint", "said by audit", "said by test")
    ]


@pytest.mark.parametrize("fails", ["lint", "audit", "test"])
def test_whatever_fails_fails_all_and_the_rest_is_tried_all_the_same(
    checkout: Path, fails: str
) -> None:
    ran, notes = _run(checkout, fails)
    assert ran.returncode != 0
    assert notes[-1] == "ends test"
    assert (f"make {fails}" in ran.stderr) == (fails != "test")


def test_nothing_is_tried_where_the_set_up_fails(checkout: Path) -> None:
    ran, notes = _run(checkout, ".venv/.dev")
    assert ran.returncode != 0
    assert notes == ["begins .venv/.dev", "ends .venv/.dev"]


@pytest.mark.parametrize("hangs", ["audit", ".venv/.chromium"])
def test_who_ends_it_ends_what_runs_beside_it_and_leaves_no_file(
    checkout: Path, hangs: str
) -> None:
    started = _start(checkout, hangs=hangs)
    wait_until(lambda: {"begins lint", f"begins {hangs}"} <= set(_notes(checkout)))
    wait_until(lambda: any(line.startswith("process ") for line in _notes(checkout)))
    started.send_signal(signal.SIGTERM)
    started.communicate(timeout=30)
    assert started.returncode == 143
    (process,) = [line.split()[1] for line in _notes(checkout) if line.startswith("process ")]
    wait_until_gone([int(process)])
    assert not list((checkout / "for a while").iterdir())
