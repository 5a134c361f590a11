"""Whether a core is idle, as the system tells it."""

import os
import subprocess
import sys

import pytest

from app.engine import own_core

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells it")


def test_no_core_is_idle_while_more_work_than_there_are_cores() -> None:
    command = [sys.executable, "-Sc", "print(flush=True)\nwhile True: pass"]
    spinning = [
        subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range((os.cpu_count() or 1) + 1)
    ]
    try:
        for process in spinning:
            assert process.stdout
            process.stdout.readline()
        assert not any(own_core._is_a_core_idle() for _ in range(20))
    finally:
        for process in spinning:
            process.kill()
            process.communicate()


def test_a_core_is_idle_where_there_are_more_than_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 10**6)
    assert own_core._is_a_core_idle()


def test_no_core_is_said_to_be_idle_where_the_system_does_not_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert not own_core._is_a_core_idle()
