from collections.abc import Iterator

import pytest

from tests.client.stub_server import StubServer


@pytest.fixture
def stub() -> Iterator[StubServer]:
    """A server that takes watched runs, and does what a test asks."""
    with StubServer() as server:
        yield server
