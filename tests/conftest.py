from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.running_server import RunningServer

# How long an example takes says how busy the machine is, not whether the answer is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real server with an empty data folder, shared by the tests of a module."""
    folder: Path = tmp_path_factory.mktemp("data")
    with RunningServer(folder) as running:
        yield running


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of data sets and null tables for all tests of a session."""
    return tmp_path_factory.mktemp("cache")
