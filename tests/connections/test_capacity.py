import resource
import subprocess
import sys

import pytest

from app.connections.capacity import RESERVED_FILES, capacity_for
from app.settings import Settings
from tests.contracts.repository import ROOT

ABROAD = Settings(host="192.0.2.1")


@pytest.mark.parametrize("files", [256, 1024, 20_000])
def test_connections_leave_files_for_everything_else(files: int) -> None:
    capacity = capacity_for(ABROAD, files)
    assert capacity.connections == files - RESERVED_FILES
    assert capacity.per_address == capacity.connections // 2
    assert capacity.viewers < capacity.connections


def test_as_many_viewers_as_wanted_are_kept_where_that_can_be() -> None:
    assert capacity_for(Settings(max_viewers=2000), 20_000).viewers == 2000
    assert capacity_for(Settings(max_viewers=2000), 1024).viewers == 693


def test_a_small_limit_is_shared() -> None:
    assert capacity_for(ABROAD, 64).connections == 16


def test_many_runs_have_their_pipes() -> None:
    few = capacity_for(Settings(runs_at_once=2), 1024)
    many = capacity_for(Settings(runs_at_once=64), 1024)
    assert many.connections < few.connections - 300


def test_what_one_address_may_have_can_be_set() -> None:
    capacity = capacity_for(Settings(connections_per_address=50), 1024)
    assert (capacity.most_of("192.0.2.9"), capacity.most_of("127.0.0.1")) == (50, 50)


def test_the_limit_of_open_files_is_raised_as_far_as_the_system_allows() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    program = (
        "import resource; from app.connections.capacity import raise_file_limit;"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, (64, {hard}));"
        "print(raise_file_limit(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    said, got = map(int, done.stdout.split())
    assert said == got == min(hard if hard >= 0 else 65_536, 65_536)
