from pathlib import Path

import pytest

from tests.packaging.installation import Installation, install
from tests.packaging.wheel import build


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel, installed in a folder whose name has spaces."""
    wheel = build(tmp_path_factory.mktemp("dist"), "--wheel").wheel
    return install(wheel, tmp_path_factory.mktemp("a folder with spaces"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder to work in that has nothing to do with the checkout."""
    return tmp_path
