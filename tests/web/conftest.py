from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.scripted import ScriptedServer, scripted_server
from tests.web.trained import train


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path / "data") as running:
        yield running


@pytest.fixture
def client(scripted: ScriptedServer) -> Iterator[httpx.Client]:
    with scripted.client() as opened:
        yield opened


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    """A server with a short real run, `run`; what a module asks of it changes nothing."""
    folder = tmp_path_factory.mktemp("trained")
    with scripted_server(folder) as running:
        train(running, folder / "cache", "run")
        yield running


@pytest.fixture
def asker(trained: ScriptedServer) -> Iterator[httpx.Client]:
    with trained.client() as opened:
        yield opened
