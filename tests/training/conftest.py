"""What training tests share: one cache, and a supervisor with a log in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.training.supervisor import Supervisor
from tests.training.keeper import Log, supervising


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of data sets and null tables for all training tests of a session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def supervisor(log: Log, cache_folder: Path) -> Iterator[Supervisor]:
    with supervising(log, cache_folder) as running:
        yield running
