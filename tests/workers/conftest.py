"""What tests of workers share: a supervisor with a log in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workers.supervisor import Supervisor
from tests.workers.keeper import Log, supervising


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def supervisor(log: Log, cache_folder: Path) -> Iterator[Supervisor]:
    with supervising(log, cache_folder) as running:
        yield running
