"""A server that a file's tests share, and whoever asks it."""

import uuid
from collections.abc import Iterator

import httpx
import pytest

from tests.web.scripted import ScriptedServer, scripted_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    """One that is empty when the file's first test begins."""
    with scripted_server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: ScriptedServer) -> Iterator[httpx.Client]:
    with server.client() as opened:
        yield opened


@pytest.fixture
def key() -> str:
    """Under which no program has told anything."""
    return uuid.uuid4().hex
