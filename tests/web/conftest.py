from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.scripted import ScriptedServer, scripted_server


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path / "data") as running:
        yield running


@pytest.fixture
def client(scripted: ScriptedServer) -> Iterator[httpx.Client]:
    with scripted.client() as opened:
        yield opened
