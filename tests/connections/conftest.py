from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.scripted import ScriptedServer, scripted_server


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path) as running:
        yield running
