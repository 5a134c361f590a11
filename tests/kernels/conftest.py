"""Which kernels a test is of."""

from collections.abc import Iterator

import pytest

from app.kernels import using
from tests.kernels.kinds import kind_named


@pytest.fixture
def kernels(name: str) -> Iterator[None]:
    """Networks that are built meanwhile use the kind of that name."""
    with using(kind_named(name)):
        yield
