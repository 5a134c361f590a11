from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import Store
from tests.store.samples import new_run, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store with one queued run called `run`."""
    with open_store(tmp_path) as opened:
        opened.create_run(new_run()).result()
        yield opened
