"""What a change must pass: all of it is asked, in its order, whatever of it fails."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT

# Notes when a target begins and ends. A check waits until the other has begun, or says that it
# was alone: they run side by side.
_MAKE = """#!/bin/sh
echo "begins $*" >>"$NOTES"
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


def _run(checkout: Path, fails: str = "") -> tuple[subprocess.CompletedProcess[str], list[str]]:
    path = f"{checkout / 'bin'}:{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "NOTES": str(checkout / "notes"), "FAILS": fails}
    command = ["sh", checkout / ".ci/run"]
    ran = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)
    return ran, (checkout / "notes").read_text().splitlines()


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
